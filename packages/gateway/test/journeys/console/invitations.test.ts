// Whoever is invited is written to, as often as is decent, in our words and with names that cannot speak in them.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { days, hours } from '../../../src/base/time.ts'
import { locales } from '../../../src/base/locale.ts'
import { changeLocale } from '../../../src/core/account/change-locale.ts'
import { quoted } from '../../../src/core/message/quoted.ts'
import { openOutbox, type Delivered } from '../../outbox.ts'
import { textOf, type Page } from '../account/town.ts'
import { openDesk, organizationOf, send, type Desk } from './desk.ts'

const outbox = openOutbox()
let desk: Desk
let people = 0
before(async () => {
  desk = await openDesk({ messages: outbox.messages })
})
after(async () => {
  await desk.close()
})
beforeEach(async () => {
  people += 1
  // Every budget is full again, and everybody is signed in anew.
  desk.pass(days(7))
  await desk.owner.signIn('00000011', 'wanjiku opens the gate')
  await desk.stranger.signIn('00000022', 'amina opens the gate')
})

const path = (rest = ''): string => `/console/${desk.organization}${rest}`
const mine = (): string => `guest-${people}@example.test`

async function invite(email = mine(), organization = desk.organization): Promise<Page> {
  const at = `/console/${organization}/members`
  return await send(desk.owner, `${at}/invite`, { email, role: 'developer' }, at)
}

async function idOf(email = mine()): Promise<string> {
  const [row] = await desk.deps.db.query<{ readonly id: string }>(
    {
      name: 'test_invitation',
      text: 'select id from invitation where email = $1 order by ended_at is not null, created_at desc',
    },
    [email],
  )
  return row?.id ?? ''
}

async function again(invitation: string): Promise<Page> {
  return await send(desk.owner, path('/members/send'), { invitation }, path('/members'))
}

async function lettersTo(email: string): Promise<readonly Delivered[]> {
  await outbox.flush(desk.deps)
  return outbox.delivered.filter(({ to }) => to === email)
}

test('whoever is invited gets one letter, which says by whom, to what, as what, and until when', async () => {
  const page = await invite()
  assert.deepEqual([page.status, page.location], [303, `${path('/members')}?note=invited`])
  const shown = await desk.owner.get(page.location ?? '')
  const link = `${desk.deps.publicUrl}/console/invitations/${desk.organization}/${await idOf()}`
  assert.ok(textOf(shown).includes('A letter with the link was sent.'))
  assert.match(textOf(shown), /Letter sent \d+ \w+ 2026/)
  assert.ok(shown.body.includes(`<code>${link}</code>`), 'the link stays there to be copied')
  const letters = await lettersTo(mine())
  assert.equal(letters.length, 1)
  const host = new URL(desk.deps.publicUrl).host
  assert.equal(letters[0]?.subject, `An invitation to “Wizara ya Ardhi” at ${host}`)
  assert.deepEqual(letters[0]?.text.split('\n').slice(0, 4), [
    `“Wanjiku Kamau” invites you to join “Wizara ya Ardhi” at ${host}. Your role there: developer.`,
    '',
    'Open this link, then sign in or register with this e-mail address:',
    link,
  ])
  assert.match(letters[0]?.text ?? '', /until 2026-12-\d\d \d\d:\d\d:\d\d \(East Africa Time\)/)
})

test('the link of a letter leads somebody without an account through registration to her place, once', async () => {
  await invite()
  const [letter] = await lettersTo(mine())
  const link = /^http\S+$/m.exec(letter?.text ?? '')?.[0].replace(desk.deps.publicUrl, '') ?? ''
  const guest = desk.browser()
  const next = link
  assert.equal((await guest.get(link)).location, `/signin?next=${encodeURIComponent(link)}`)
  const { token } = await guest.get(`/register?next=${encodeURIComponent(next)}`)
  const asked = await guest.post('/register', { token, next, address: mine() })
  const id = new URLSearchParams(asked.location?.split('?')[1]).get('id') ?? ''
  const code = await outbox.code(desk.deps, mine())
  await guest.post('/register/code', { token, next, id, code })
  const names = { first_name: 'Zawadi', last_name: 'Mwangi', password: 'a mango tree in bloom' }
  const registered = await guest.post('/register/details', { token, next, id, ...names })
  assert.equal((await guest.get(registered.location ?? '')).location, link)
  assert.equal((await send(guest, link, {}, '/console')).location, `${path()}?note=joined`)
  assert.equal((await guest.get(path('/members'))).status, 200)
  assert.equal((await guest.get(link)).status, 404)
})

test('a letter is in the language of whoever invites', async () => {
  const first = {
    en: /invites you to join/,
    sw: /anakualika ujiunge/,
    fr: /vous invite à rejoindre « Wizara/,
  }
  for (const locale of locales) {
    await changeLocale(desk.deps, desk.ownerAccount.id, locale)
    await invite(`${locale}-${mine()}`)
    const [letter] = await lettersTo(`${locale}-${mine()}`)
    assert.match(letter?.text ?? '', first[locale])
  }
  await changeLocale(desk.deps, desk.ownerAccount.id, 'en')
})

test('it is sent again twice, then refused with when to come back, and the link is still there to copy', async () => {
  await invite()
  const id = await idOf()
  for (let times = 0; times < 2; times += 1)
    assert.equal((await again(id)).location, `${path('/members')}?note=sent-again`)
  const refused = await again(id)
  assert.equal(refused.status, 429)
  assert.equal(refused.headers.get('retry-after'), String(8 * 3600))
  assert.ok(textOf(refused).includes('The next letter may go in 8 hours. Pass the link on meanwhile.'))
  assert.ok(refused.body.includes(id))
  assert.equal((await lettersTo(mine())).length, 3)
  const links = new Set((await lettersTo(mine())).map(({ text }) => /^http\S+$/m.exec(text)?.[0]))
  assert.equal(links.size, 1, 'the link stays the same')
  desk.pass(hours(8))
  await desk.owner.signIn('00000011', 'wanjiku opens the gate')
  assert.equal((await again(id)).location, `${path('/members')}?note=sent-again`)
  const acts = await desk.deps.db.query(
    { name: 'test_sent', text: 'select what, details from act where about_id = $1 order by at, id' },
    [id],
  )
  const sent = { what: 'member.invitation-sent', details: { email: mine() } }
  const invited = { email: mine(), role: 'developer', letter: 'sent' }
  assert.deepEqual(acts, [{ what: 'member.invited', details: invited }, sent, sent, sent])
})

test('inviting the same address over and over writes to it no more often: the rest come without a letter', async () => {
  for (let times = 0; times < 3; times += 1)
    assert.equal((await invite()).location, `${path('/members')}?note=invited`)
  const fourth = await invite()
  assert.equal(fourth.location, `${path('/members')}?note=invited-limited`)
  const shown = textOf(await desk.owner.get(fourth.location ?? ''))
  assert.ok(shown.includes('enough of them were sent to this address'))
  assert.ok(shown.includes('No letter yet: pass the link on'))
  assert.equal((await lettersTo(mine())).length, 3)
})

test('several organizations of one person write to nobody more often than six times', async () => {
  const made = [desk.organization]
  for (const name of ['Second house', 'Third house'])
    made.push(organizationOf(await send(desk.owner, '/console', { name })))
  const notes: string[] = []
  for (const organization of made)
    for (let times = 0; times < 3; times += 1)
      notes.push((await invite(mine(), organization)).location?.split('note=')[1] ?? '')
  assert.deepEqual(notes, [
    ...Array.from({ length: 6 }, () => 'invited'),
    ...Array.from({ length: 3 }, () => 'invited-limited'),
  ])
  assert.equal((await lettersTo(mine())).length, 6)
})

test('twenty letters go out at once, from however many tries at the same time', async () => {
  const organization = organizationOf(await send(desk.owner, '/console', { name: 'House of letters' }))
  const at = `/console/${organization}/members`
  const { token } = await desk.owner.get(at)
  const tries = Array.from({ length: 24 }, async (_, guest) => {
    const fields = { token, email: `crowd-${guest}@example.test`, role: 'viewer' }
    return (await desk.owner.post(`${at}/invite`, fields)).status
  })
  const statuses = await Promise.all(tries)
  await outbox.flush(desk.deps)
  assert.equal(statuses.filter((status) => status === 303).length, 20)
  assert.equal(statuses.filter((status) => status === 422).length, 4)
  assert.equal(outbox.delivered.filter(({ to }) => to.startsWith('crowd-')).length, 20)
  // Her other organizations do not give her twenty more.
  assert.equal((await invite()).location, `${path('/members')}?note=invited-limited`)
})

test('an invitation that is withdrawn opens no more, is not sent again, and says what to do instead', async () => {
  await invite('amina@example.test')
  const id = await idOf('amina@example.test')
  const link = `/console/invitations/${desk.organization}/${id}`
  assert.equal((await desk.stranger.get(link)).status, 200)
  const gone = await send(desk.owner, path('/members/withdraw'), { invitation: id }, path('/members'))
  assert.equal(gone.location, `${path('/members')}?note=withdrawn`)
  const shown = await desk.stranger.get(link)
  assert.equal(shown.status, 404)
  assert.ok(textOf(shown).includes('This invitation is over'))
  assert.ok(textOf(shown).includes('Ask whoever invited you for a new one.'))
  assert.equal((await send(desk.stranger, link, {})).status, 404)
  assert.equal((await again(id)).status, 404)
  assert.equal((await lettersTo('amina@example.test')).length, 1)
})

test('of an acceptance and a withdrawal at once one wins, and the other is told that it is over', async () => {
  for (let round = 0; round < 6; round += 1) {
    await invite('amina@example.test')
    const invitation = await idOf('amina@example.test')
    const [own, hers] = [
      (await desk.owner.get('/console')).token,
      (await desk.stranger.get('/console')).token,
    ]
    const [withdrawn, accepted] = await Promise.all([
      desk.owner.post(path('/members/withdraw'), { token: own, invitation }),
      desk.stranger.post(`/console/invitations/${desk.organization}/${invitation}`, { token: hers }),
    ])
    const outcome = `withdrawn ${withdrawn.status}, accepted ${accepted.status}`
    assert.match(outcome, /^withdrawn 303, accepted 404$|^withdrawn 404, accepted 303$/)
    assert.ok([withdrawn, accepted].every(({ location }) => location?.startsWith('/signin') !== true))
    const isMember = (await desk.stranger.get(path())).status === 200
    assert.equal(isMember, accepted.status === 303)
    if (isMember) await send(desk.stranger, path('/leave'), {})
  }
})

test('only owners have letters sent, of invitations of their own organization', async () => {
  await invite('amina@example.test')
  const id = await idOf('amina@example.test')
  const before = (await lettersTo('amina@example.test')).length
  const own = organizationOf(await send(desk.stranger, '/console', { name: 'Hers' }))
  const elsewhere = `/console/${own}/members`
  const fields = { invitation: id }
  assert.equal((await send(desk.stranger, path('/members/send'), fields)).status, 404)
  assert.equal((await send(desk.stranger, `${elsewhere}/send`, fields, elsewhere)).status, 404)
  assert.equal((await again('nothing')).status, 404)
  await send(desk.stranger, `/console/invitations/${desk.organization}/${id}`, {})
  const byDeveloper = await send(desk.stranger, path('/members/send'), fields)
  assert.equal(byDeveloper.status, 403)
  assert.match(byDeveloper.body, /Your role here, developer, does not allow it\./)
  assert.equal((await lettersTo('amina@example.test')).length, before)
})

test('names are quoted as plain text in a letter: no line, link, quotation mark or direction of theirs', async () => {
  assert.equal(quoted('en', 'Wizara ya Ardhi'), '“Wizara ya Ardhi”')
  assert.equal(quoted('fr', 'Ardhi'), '«\u00a0Ardhi\u00a0»')
  assert.equal(quoted('en', 'Go to https://evil.example/x now'), '“Go to https: //evil. example/x now”')
  assert.equal(quoted('en', 'www.evil。example'), '“www. evil。 example”')
  assert.equal(quoted('en', 'a”\r\nBcc: “b\u202e\u2028c'), '“a’ Bcc: ’b c”')
  assert.equal(quoted('en', 'x'.repeat(500)).length, 102)
  const organization = organizationOf(
    await send(desk.owner, '/console', { name: 'Prize” https://evil.example/win “' }),
  )
  await invite(mine(), organization)
  const [letter] = await lettersTo(mine())
  assert.match(letter?.subject ?? '', /^An invitation to “Prize’ https: \/\/evil\. example\/win ’” at /)
  assert.ok(!(letter?.text ?? '').includes('evil.example'))
})

test('where money is real no letter goes out in the name of an organization that nobody approved', async (t) => {
  const live = await openDesk({
    mode: 'live',
    publicUrl: 'https://gate.example',
    messages: outbox.messages,
  })
  t.after(live.close)
  const at = `/console/${live.organization}/members`
  const email = 'waits@example.test'
  const page = await send(live.owner, `${at}/invite`, { email, role: 'owner' }, at)
  assert.equal(page.location, `${at}?note=invited-unapproved`)
  const shown = await live.owner.get(page.location ?? '')
  assert.ok(textOf(shown).includes('an operator has yet to approve'))
  const invitation = /name="invitation" value="([^"]+)"/.exec(shown.body)?.[1] ?? ''
  const refused = await send(live.owner, `${at}/send`, { invitation }, at)
  assert.equal(refused.status, 422)
  assert.match(textOf(refused), /No letter can be sent: Letters go out in the name of organizations that an/)
  await outbox.flush(live.deps)
  assert.equal(outbox.delivered.filter(({ to }) => to === email).length, 0)
})

test('where nobody carries e-mail an invitation is made all the same, and its link passed on', async (t) => {
  const silent = await openDesk({ messages: openOutbox(['sms']).messages })
  t.after(silent.close)
  const at = `/console/${silent.organization}/members`
  const page = await send(silent.owner, `${at}/invite`, { email: mine(), role: 'viewer' }, at)
  assert.equal(page.location, `${at}?note=invited-uncarried`)
  const shown = await silent.owner.get(page.location ?? '')
  assert.ok(textOf(shown).includes('this gateway sends no e-mail'))
  const invitation = /name="invitation" value="([^"]+)"/.exec(shown.body)?.[1] ?? ''
  const refused = await send(silent.owner, `${at}/send`, { invitation }, at)
  assert.equal(refused.status, 422)
  assert.match(textOf(refused), /This gateway sends no e-mail\. Pass the link on\./)
})
