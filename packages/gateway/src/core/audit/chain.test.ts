import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonical } from '../../base/canonical.ts'
import { beginning, checkChain, digestOf, linkOf, parseHead, printHead } from './chain.ts'
import type { Broken, RecordedAct, Step } from './chain.ts'

const digests = { sha256: (text: string) => new Uint8Array(createHash('sha256').update(text).digest()) }

const text = fc.string({ unit: 'grapheme', maxLength: 8 })
const act: fc.Arbitrary<RecordedAct> = fc.record({
  id: fc.uuid(),
  at: fc.constant('2026-01-31T10:00:00.123000Z'),
  what: text,
  by: fc.record({ kind: text, id: fc.option(text) }),
  about: fc.record({ kind: fc.option(text), id: fc.option(text) }),
  organization: fc.option(fc.uuid()),
  details: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null))),
  request: fc.option(text),
})
const acts = (least: number) =>
  fc.uniqueArray(act, { minLength: least, maxLength: 12, selector: ({ id }) => id })

type Linked = { readonly place: number; readonly hash: string; readonly act: RecordedAct | null }

function chain(list: readonly RecordedAct[]): readonly Linked[] {
  let head = beginning
  return list.map((one) => {
    head = { place: head.place + 1, hash: linkOf(head.hash, digestOf(one, digests), digests) }
    return { ...head, act: one }
  })
}

function walk(list: readonly Linked[]): Broken | null {
  const check = checkChain(beginning, digests)
  for (const { place, hash, act: held } of list) {
    const step: Step = { place, hash, digest: held === null ? null : digestOf(held, digests) }
    const broken = check.add(step)
    if (broken !== null) return broken
  }
  return check.end()
}

const renumbered = (list: readonly Linked[]): readonly Linked[] =>
  list.map((link, at) => ({ ...link, place: at + 1 }))

const pickFrom = fc.nat()

test('a chain that nobody touched holds', () => {
  fc.assert(fc.property(acts(0), (list) => assert.equal(walk(chain(list)), null)))
})

test('[identity 116] an act that was changed in any field is found at its place', () => {
  fc.assert(
    fc.property(acts(1), pickFrom, act, (list, pick, other) => {
      const at = pick % list.length
      for (const field of ['id', 'what', 'by', 'about', 'organization', 'details', 'request'] as const) {
        const links = chain(list)
        const changed = links.map((link, place) =>
          place === at && link.act !== null ? { ...link, act: { ...link.act, [field]: other[field] } } : link,
        )
        if (canonical(changed[at]?.act ?? null) === canonical(links[at]?.act ?? null)) continue
        const broken = walk(changed)
        assert.deepEqual([broken?.place, broken?.what], [at + 1, 'changed'], field)
      }
    }),
  )
})

test('[identity 116] an act or a link that was taken away is found at its place', () => {
  fc.assert(
    fc.property(acts(2), pickFrom, (list, pick) => {
      const at = pick % list.length
      const links = chain(list)
      const emptied = links.map((link, place) => (place === at ? { ...link, act: null } : link))
      assert.deepEqual([walk(emptied)?.place, walk(emptied)?.what], [at + 1, 'missing'])
      // The end of a chain can only be missed by who kept its head.
      if (at === list.length - 1) return
      const cut = links.filter((_, place) => place !== at)
      assert.deepEqual([walk(cut)?.place, walk(cut)?.what], [at + 1, 'missing'])
      assert.equal(walk(renumbered(cut))?.place, at + 1)
    }),
  )
})

test('[identity 116] an act that was put between others is found at its place', () => {
  fc.assert(
    fc.property(acts(2), pickFrom, act, (list, pick, stranger) => {
      const at = pick % (list.length - 1)
      const links = chain(list)
      const hash = linkOf(links[at]?.hash ?? '', 'something else', digests)
      const forged = [...links.slice(0, at + 1), { place: 0, hash, act: stranger }, ...links.slice(at + 1)]
      const broken = walk(renumbered(forged))
      assert.deepEqual([broken?.place, broken?.what], [at + 2, 'put between'])
    }),
  )
})

test('[identity 116] acts that changed places are found at the first of the two', () => {
  fc.assert(
    fc.property(acts(2), pickFrom, pickFrom, (list, one, other) => {
      const [low = 0, high = 0] = [one % list.length, other % list.length].toSorted((a, b) => a - b)
      fc.pre(low !== high)
      const links = chain(list)
      const moved = links
        .map((link, at) => (at === low ? links[high] : at === high ? links[low] : link))
        .filter((link) => link !== undefined)
      const broken = walk(renumbered(moved))
      assert.equal(broken?.place, low + 1)
    }),
  )
})

test('a link that was changed, and its act not, is named as the link', () => {
  const links = chain(fc.sample(acts(3), { numRuns: 1, seed: 7 })[0] ?? [])
  const forged = links.map((link) => (link.place === 2 ? { ...link, hash: 'f'.repeat(64) } : link))
  assert.deepEqual(walk(forged), { place: 2, what: 'changed', says: 'the link at place 2 was changed' })
})

test('the canonical text does not depend on the order of names, and a head is read as it is printed', () => {
  assert.equal(
    canonical({ b: [1, 'é', null], a: { d: true, c: 'x' } }),
    '{"a":{"c":"x","d":true},"b":[1,"é",null]}',
  )
  const head = { place: 12, hash: 'ab'.repeat(32) }
  assert.deepEqual(parseHead(printHead(head)), head)
  for (const wrong of ['', '12', `012:${head.hash}`, `1:${head.hash}0`, `1:${'AB'.repeat(32)}`])
    assert.equal(parseHead(wrong), null, wrong)
})
