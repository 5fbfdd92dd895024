import { applicationsCopy } from '../copy/applications.ts'
import { button } from '../ui/button.ts'
import { card } from '../ui/card.ts'
import { deskArea, deskField, deskForm, deskSelect, type Frame } from '../ui/desk.ts'
import { checkbox } from '../ui/field.ts'
import { html, type Html } from '../ui/html.ts'
import type { ApplicationProps } from './application-props.ts'
import { atApplication, type KindWord } from './applications.ts'

type MethodWord = NonNullable<ApplicationProps['application']['authMethod']>

/** All of an application that its members may change, in one form. */
export function settings(props: ApplicationProps, frame: Frame): Html {
  const words = applicationsCopy[frame.locale]
  const { application } = props
  return card(
    { title: words.settings, id: 'settings' },
    deskForm({ action: atApplication(props, application.clientId), frame }, [
      html`<div class="grid two">
        <div>${addresses(application, frame)}</div>
        <div>${proofs(props, frame)}</div>
      </div>`,
      legacy(props, frame),
      button({ label: words.save }),
    ]),
  )
}

function addresses(application: ApplicationProps['application'], frame: Frame): readonly Html[] {
  const words = applicationsCopy[frame.locale]
  const lines = (all: readonly string[]): string => all.join('\n')
  return [
    deskField(frame, {
      name: 'name',
      label: words.name,
      hint: words.nameMore,
      value: application.name,
      maxlength: 100,
    }),
    deskArea(frame, {
      name: 'redirectUris',
      label: words.redirects,
      hint: words.redirectsMore,
      value: lines(application.redirectUris),
      optional: 'said',
    }),
    deskArea(frame, {
      name: 'postLogoutRedirectUris',
      label: words.logout,
      hint: words.logoutMore,
      value: lines(application.postLogoutRedirectUris),
      optional: 'said',
      rows: 2,
    }),
    deskField(frame, {
      name: 'backchannelLogoutUri',
      label: words.backchannel,
      hint: words.backchannelMore,
      value: application.backchannelLogoutUri ?? '',
      optional: 'said',
      maxlength: 2000,
    }),
    deskField(frame, {
      name: 'colour',
      label: words.colour,
      hint: words.colourMore,
      value: application.colour ?? '',
      optional: 'said',
      maxlength: 7,
    }),
  ] // prettier-ignore -- a field a line
}

const methodsOf = (kind: KindWord): readonly ('' | MethodWord)[] =>
  kind === 'web' || kind === 'machine'
    ? ['', 'client_secret_basic', 'client_secret_post', 'private_key_jwt']
    : ['none']

function proofs({ application, profiles, algs }: ApplicationProps, frame: Frame): readonly Html[] {
  const words = applicationsCopy[frame.locale]
  const { jwks, jwksUri, kind, authMethod, idTokenAlg, profile } = application
  const ticked = (name: string, is: boolean): boolean =>
    frame.typed('name') === undefined ? is : frame.typed(name) === 'on'
  return [
    deskSelect(frame, {
      name: 'authMethod',
      label: words.method,
      value: authMethod ?? '',
      choices: methodsOf(kind).map((value) => ({ value, label: words.methods[value] })),
    }),
    deskArea(frame, {
      name: 'jwks',
      label: words.keys,
      hint: words.keysMore,
      value: jwks === null ? '' : JSON.stringify(jwks),
      optional: 'said',
      rows: 3,
    }),
    deskField(frame, {
      name: 'jwksUri',
      label: words.keysAt,
      value: jwksUri ?? '',
      optional: true,
      maxlength: 2000,
    }),
    deskSelect(frame, {
      name: 'idTokenAlg',
      label: words.alg,
      value: idTokenAlg,
      choices: algs.map((value) => ({ value, label: value })),
    }),
    deskSelect(frame, {
      name: 'profile',
      label: words.profile,
      value: profile,
      choices: profiles.map((value) => ({ value, label: words.profiles[value] })),
    }),
    checkbox({
      name: 'requirePar',
      label: words.par,
      hint: words.parMore,
      checked: ticked('requirePar', application.requirePar),
    }),
    checkbox({
      name: 'dpopBound',
      label: words.dpop,
      hint: words.dpopMore,
      checked: ticked('dpopBound', application.dpopBound),
    }),
  ] // prettier-ignore -- a field a line
}

function legacy({ allowances, live }: ApplicationProps, frame: Frame): Html {
  const words = applicationsCopy[frame.locale]
  const isAgain = frame.typed('name') !== undefined
  return html`<fieldset>
    <legend>${words.allowances}</legend>
    <p class="soft">${words.allowancesMore} ${live ? words.allowancesLive : null}</p>
    ${allowances.map(({ name, risk, on }) =>
      checkbox({
        name: `allow.${name}`,
        id: `allow-${name}`,
        label: html`<code>${name}</code>`,
        hint: html`<span lang="en">${risk}</span>`,
        checked: isAgain ? frame.typed(`allow.${name}`) === 'on' : on,
      }),
    )}
  </fieldset>`
}
