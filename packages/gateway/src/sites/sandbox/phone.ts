import { ok } from '../../base/result.ts'
import type { Deps } from '../../core/deps.ts'
import { seeOther } from '../../http/reply.ts'
import { route, type Route } from '../../http/route.ts'
import { answers, phonePage, type Phone } from '../../pages/sandbox/phone.ts'
import { readForm, readQuery, refuse, type FormNo } from './forms.ts'
import type { SandboxOptions } from './options.ts'
import { show } from './show.ts'
import { askSimulators, list, members, readPrompt, textOf } from './simulators.ts'

type Look = { readonly msisdn: string; readonly gone: boolean }
type Press = { readonly prompt: string; readonly answer: string; readonly msisdn: string }

export function phoneRoutes({ simulatorsUrl }: SandboxOptions): readonly Route[] {
  return [
    route<Look, Omit<Phone, 'nonce' | 'token'>, FormNo>('GET', '/sandbox/phone', {
      budget: 'page',
      parse: (asked) => {
        const query = readQuery(asked)
        if (!query.ok) return query
        return ok({
          msisdn: query.value('msisdn').replaceAll(/\D/g, ''),
          gone: query.value('gone') === 'yes',
        })
      },
      run: async (deps, look) => ok(await lookAt(deps, simulatorsUrl, look)),
      print: (phone, asked, deps) => show(deps, asked, (props) => phonePage({ ...props, ...phone })),
      refuse,
    }),
    route<Press, Press & { readonly gone: boolean }, FormNo>('POST', '/sandbox/phone', {
      budget: 'page',
      parse: (asked, deps) => {
        const form = readForm(asked, deps)
        if (!form.ok) return form
        const text = form.value
        return ok({ prompt: text('prompt'), answer: text('answer'), msisdn: text('msisdn') })
      },
      run: async (deps, press) => {
        const answer = answers.find((each) => each === press.answer) ?? 'ignore'
        const url = `${simulatorsUrl}/control/phone/prompts/${encodeURIComponent(press.prompt)}`
        const said = await askSimulators(deps, url, { answer })
        return ok({ ...press, gone: said !== null && said.status >= 400 })
      },
      print: ({ msisdn, gone }) => {
        const query = new URLSearchParams({
          ...(msisdn === '' ? {} : { msisdn }),
          ...(gone ? { gone: 'yes' } : {}),
        })
        return seeOther(`/sandbox/phone?${query.toString()}`)
      },
      refuse,
    }),
  ]
}

async function lookAt(deps: Deps, url: string, look: Look): Promise<Omit<Phone, 'nonce' | 'token'>> {
  const query = look.msisdn === '' ? '' : `?${new URLSearchParams({ msisdn: look.msisdn }).toString()}`
  const [prompts, magic] = await Promise.all([
    askSimulators(deps, `${url}/control/phone/prompts${query}`),
    askSimulators(deps, `${url}/daraja/magic`),
  ])
  const asked = prompts === null ? null : list(members(prompts.value)['prompts']).map(readPrompt)
  return {
    ...look,
    prompts:
      asked === null ? null : [...asked].sort((a, b) => b.askedAt.localeCompare(a.askedAt)).slice(0, 20),
    magic: list(magic?.value).map(({ msisdn, story }) => ({ msisdn: textOf(msisdn), story: textOf(story) })),
  }
}
