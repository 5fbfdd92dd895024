import { importCopy } from '../copy/import.ts'
import { actions, button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { deskArea, deskForm, type Frame } from '../ui/desk.ts'
import { hidden } from '../ui/field.ts'
import { html, type Child, type Html } from '../ui/html.ts'
import { notice } from '../ui/notice.ts'
import { said } from '../ui/said.ts'
import { atOrganization, organizationPage, type DeskProps } from './frame.ts'
import { importRows, type ImportShown } from './import-rows.ts'

export type ImportProps = DeskProps & {
  /** The document that is about to be confirmed, waits, or was decided last. */
  readonly request: ImportShown | null
}

export function importPage(props: ImportProps, frame: Frame): Html {
  const words = importCopy[frame.locale]
  return organizationPage(
    frame,
    props,
    { tab: 'import', notes: words.notes },
    html`<p class="lead">${words.lead}</p>
      ${props.request === null ? null : requestCard(props, props.request, frame)}
      ${props.request?.state === 'waiting' ? null : documentForm(props, frame)}`,
  )
}

function requestCard(props: ImportProps, request: ImportShown, frame: Frame): Child {
  const words = importCopy[frame.locale]
  switch (request.state) {
    case 'drafted':
      return card({ title: words.check, kind: 'gate' }, [
        importRows(request, frame),
        confirmForm(props, request, frame),
      ])
    case 'waiting':
      return card({ title: words.waits, kind: 'gate' }, [
        html`<p>${words.waitsMore}</p>`,
        importRows(request, frame),
        withdrawForm(props, request, frame, words.withdraw),
      ])
    case 'done':
      return card({ title: words.last }, importRows(request, frame))
    case 'declined':
      return notice({
        tone: 'bad',
        title: words.declined,
        children: html`<p>${said(request.because ?? '')}</p>`,
      })
  }
}

function confirmForm(props: ImportProps, request: ImportShown, frame: Frame): Child {
  const words = importCopy[frame.locale]
  const asks = request.rows.some(({ outcome }) => outcome === 'asked')
  const made = request.rows.filter(({ outcome }) => outcome === 'new').length
  const label = asks ? words.ask : words.bring(made)
  return [
    asks ? html`<p>${words.askMore}</p>` : null,
    asks || made > 0
      ? deskForm({ action: atOrganization(props.organization.id, '/import/confirm'), frame }, [
          hidden('document', request.id),
          actions(button({ label })),
        ])
      : html`<p>${words.nothing}</p>`,
    withdrawForm(props, request, frame, words.drop),
  ]
}

function withdrawForm(props: ImportProps, { id }: ImportShown, frame: Frame, label: string): Html {
  return deskForm({ action: atOrganization(props.organization.id, '/import/withdraw'), frame }, [
    hidden('document', id),
    actions(button({ label, tone: 'quiet' })),
  ])
}

function documentForm(props: ImportProps, frame: Frame): Html {
  const words = importCopy[frame.locale]
  return card(
    {},
    html`<p>${words.lead2}</p>
      ${deskForm({ action: atOrganization(props.organization.id, '/import'), frame, files: true }, [
        deskArea(frame, {
          name: 'pasted',
          label: words.pasted,
          hint: words.pastedMore,
          rows: 10,
          optional: 'said',
        }),
        fileField(words.file, words.fileMore),
        actions(button({ label: words.look })),
      ])}
      <details>
        <summary>${words.example}</summary>
        <p>${words.exampleMore}</p>
        <pre tabindex="0" role="region" aria-label="${words.example}"><code>${example}</code></pre>
      </details>`,
  )
}

function fileField(label: string, hint: string): Html {
  return html`<div class="field">
    <label for="field-file">${label}</label>
    <p class="hint" id="field-file-hint">${hint}</p>
    <input
      id="field-file"
      name="file"
      type="file"
      accept="application/json,.json"
      aria-describedby="field-file-hint"
    />
  </div>`
}

/** The same as in docs/moving-in.md. */
const example = `{
  "applications": [
    {
      "client_id": "5d0c1b7e",
      "client_secret": "the secret that it has",
      "name": "Plots",
      "redirect_uris": ["https://plots.example/back"],
      "national_identity": true,
      "allow": ["no-pkce"]
    }
  ],
  "api_clients": [
    {
      "api_client_id": "43",
      "key": "the key that it has",
      "secret": "the secret that it has",
      "role": "merchant"
    }
  ],
  "services": [{ "code": "127", "name": "Plots", "currency": "KES", "fee": { "kind": "none" } }],
  "origins": ["https://plots.example"]
}`
