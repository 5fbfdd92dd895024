import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Block } from '../base/document.ts'
import { readMarkdown } from './markdown.ts'

const files: Readonly<Record<string, string>> = {
  'samples/pay.sh': 'curl x',
  'samples/pay.py': 'print()',
}

function blocks(text: string): readonly Block[] {
  return readMarkdown({ slug: 's', text, sample: (name) => files[name] ?? null }).blocks
}

test('a document has a title, a summary and blocks', () => {
  const text = '# Secure *hash*\n\nHow it is `made` & checked.\n\n## Order of fields\n\n- one\n- two\n'
  const { title, summary, blocks: all } = readMarkdown({ slug: 'x', text, sample: () => null })
  assert.equal(title, 'Secure hash')
  assert.equal(summary, 'How it is made & checked.')
  assert.deepEqual(
    all.map(({ kind }) => kind),
    ['heading', 'paragraph', 'heading', 'list'],
  )
  assert.deepEqual(all[2], {
    kind: 'heading',
    depth: 2,
    id: 'order-of-fields',
    inside: [{ kind: 'text', text: 'Order of fields' }],
  })
})

test('markup in a document is left out, in blocks and in lines', () => {
  const printed = JSON.stringify(blocks('<script>alert(1)</script>\n\nA <b onclick=x>bold</b> word\n'))
  assert.doesNotMatch(printed, /<|onclick/)
  assert.ok(printed.includes('bold'))
})

test('only web addresses, anchors and other documents are linked', () => {
  const cases: readonly (readonly [href: string, expected: string | null])[] = [
    ['https://example.com/a', 'https://example.com/a'],
    ['secure-hash.md#order', '/docs/secure-hash#order'],
    ['#here', '#here'],
    ['/sandbox', '/sandbox'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['../README.md', null],
    ['//evil.example', null],
    ['//evil', null],
  ]
  for (const [href, expected] of cases) {
    const [block] = blocks(`[word](${href})`)
    assert.ok(block?.kind === 'paragraph')
    const [inline] = block.inside
    assert.deepEqual(inline?.kind === 'link' ? inline.href : null, expected, href)
  }
})

test('a list of nothing but samples becomes one block with a tab for each', () => {
  assert.deepEqual(blocks('- [Shell](samples/pay.sh)\n- [Python](samples/pay.py)\n'), [
    {
      kind: 'samples',
      samples: [
        { label: 'Shell', file: 'samples/pay.sh', text: 'curl x' },
        { label: 'Python', file: 'samples/pay.py', text: 'print()' },
      ],
    },
  ])
  assert.equal(blocks('- [Shell](samples/pay.sh)\n- and a word\n')[0]?.kind, 'list')
  assert.equal(blocks('- [Gone](samples/gone.rb)\n')[0]?.kind, 'list')
})

test('neighbouring blocks of code in different languages are the same thing said twice', () => {
  const [samples] = blocks('```sh\ncurl\n```\n\n```python\nget\n```\n\n```php\nphp\n```\n')
  assert.deepEqual(samples?.kind === 'samples' && samples.samples.map(({ label }) => label), [
    'Shell',
    'Python',
    'PHP',
  ])
  const same = blocks('```json\n1\n```\n\n```json\n2\n```\n\n```\nplain\n```\n')
  assert.deepEqual(
    same.map(({ kind }) => kind),
    ['code', 'code', 'code'],
  )
})

test('a table keeps its cells in their columns', () => {
  const [made] = blocks('| a | b |\n|---|---|\n| 1 | `2` |\n')
  assert.ok(made?.kind === 'table')
  assert.deepEqual(made.head, [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]])
  assert.deepEqual(made.rows, [[[{ kind: 'text', text: '1' }], [{ kind: 'code', text: '2' }]]])
})

test('an address that stands for another one is text and no link', () => {
  assert.deepEqual(blocks('http://localhost:PORT\n'), [
    { kind: 'paragraph', inside: [{ kind: 'text', text: 'http://localhost:PORT' }] },
  ])
})
