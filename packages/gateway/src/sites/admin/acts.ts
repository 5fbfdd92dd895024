import { ok } from '../../base/result.ts'
import { toDate } from '../../base/time.ts'
import { exportActs, listActs, type Acts } from '../../core/audit/list-acts.ts'
import type { Route } from '../../http/route.ts'
import { trailPage, type TrailProps } from '../../pages/admin/acts.ts'
import { deskFile, isUuid, older, readCursor, type Here } from '../site.ts'
import { adminRoutes, type AdminScreen } from './screen.ts'

const most = 50

const trail: AdminScreen<TrailProps> = {
  path: '/admin/acts',
  load: async (deps, here) => {
    const wanted = { ...wantedOf(here), behind: readCursor(here), most, as: 'operator' } as const
    const acts = await listActs(deps, here.asker, wanted)
    if (!acts.ok) return acts
    const filters = filtersOf(here)
    const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString()
    return ok({
      acts: acts.value,
      action: '/admin/acts',
      filters,
      ...older(here, acts.value, most),
      jsonHref: `/admin/acts.jsonl?${query}`,
      csvHref: `/admin/acts.csv?${query}`,
    })
  },
  page: trailPage,
}

function filtersOf({ query }: Here) {
  return { what: query('what'), by: query('by'), about: query('about'), organization: query('organization') }
}

function wantedOf(here: Here) {
  const { what, by, about, organization } = filtersOf(here)
  const orNull = (text: string): string | null => (text === '' ? null : text.replaceAll('\0', ''))
  const organizationId = isUuid(organization) ? organization : null
  return { what: orNull(what), byId: orNull(by), aboutId: orNull(about), organizationId }
}

/** The newest acts that fit, a JSON text a line or RFC 4180. */
const files = [
  [
    '/admin/acts.jsonl',
    'application/jsonl; charset=utf-8',
    (acts: Acts) => acts.map((act) => `${JSON.stringify(plain(act))}\n`).join(''),
  ],
  ['/admin/acts.csv', 'text/csv; charset=utf-8', csv],
] as const

export const trailRoutes: readonly Route[] = [
  ...adminRoutes(trail),
  ...files.map(([path, mediaType, print]) =>
    deskFile(path, async (deps, here) => {
      const acts = await exportActs(deps, here.asker, wantedOf(here))
      if (!acts.ok) return acts
      const name = path.slice('/admin/'.length)
      const headers = {
        'content-type': mediaType,
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      }
      return ok({ status: 200, headers, body: print(acts.value) })
    }),
  ),
]

function plain({ at, ...act }: Acts[number]) {
  return { at: toDate(at).toISOString(), ...act }
}

function csv(acts: Acts): string {
  const columns = [
    'at',
    'id',
    'what',
    'byKind',
    'byId',
    'aboutKind',
    'aboutId',
    'organizationId',
    'requestId',
    'details',
  ] as const
  const lines = acts.map((act) => {
    const row: Readonly<Record<string, unknown>> = plain(act)
    return columns.map((name) => cell(row[name])).join(',')
  })
  return [columns.join(','), ...lines].map((line) => `${line}\r\n`).join('')
}

/** Quoted always; a text that a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value: unknown): string {
  const text = typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
  return `"${text.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`
}
