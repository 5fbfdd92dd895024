// Which addresses an application may register.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ApplicationKind } from '../../src/core/application/application.ts'
import { createApplication } from '../../src/core/application/create-application.ts'
import { openGate, type Gate } from '../journeys/standard/gate.ts'

let gate: Gate

before(async () => {
  gate = await openGate()
})
after(async () => {
  await gate.close()
})

const registrations: readonly (readonly [string, ApplicationKind, string, boolean])[] = [
  ['[identity 5]', 'web', 'https://shop.example/back#f', false],
  ['[identity 6]', 'web', 'https://user@shop.example/back', false],
  ['[identity 6]', 'web', 'https://shop.example/a/../back', false],
  ['[identity 6]', 'web', 'https://shop.example/%2E%2e/back', false],
  ['[identity 6]', 'web', 'https://SHOP.example/back', false],
  ['[identity 6]', 'web', 'https://shop.example./back', false],
  ['[identity 6]', 'web', 'https://shоp.example/back', false],
  ['[identity 6]', 'web', 'https://shop.example/back\\x', false],
  ['[identity 6]', 'web', 'HTTPS://shop.example/back', false],
  ['[identity 6]', 'web', 'https://*.shop.example/back', false],
  ['[identity 6]', 'web', '/back', false],
  ['[identity 7]', 'web', 'http://shop.example/back', false],
  ['[identity 7]', 'single-page', 'http://10.0.0.1/back', false],
  ['[identity 7]', 'native', 'http://192.168.0.1/back', false],
  ['[identity 7]', 'web', 'http://localhost:8000/back', true],
  ['[identity 7]', 'web', 'http://127.0.0.1:8000/back', true],
  ['[identity 8]', 'native', 'http://[::1]/back', true],
  ['[identity 9]', 'web', 'javascript:alert(1)', false],
  ['[identity 9]', 'native', 'javascript:alert(1)', false],
  ['[identity 9]', 'native', 'data:text/html,x', false],
  ['[identity 9]', 'native', 'file:///etc/passwd', false],
  ['[identity 9]', 'native', 'vbscript:x', false],
  ['[identity 10]', 'native', 'myapp:/back', false],
  ['[identity 10]', 'native', 'com.example.app:/back', true],
  ['[identity 10]', 'web', 'com.example.app:/back', false],
]
for (const [number, kind, uri, good] of registrations) {
  test(`${number} a ${kind} application ${good ? 'may' : 'may not'} register ${uri}`, async () => {
    const { organizationId } = gate
    const made = await createApplication(gate.deps, { organizationId, name: 'x', kind, redirectUris: [uri] })
    assert.equal(made.ok, good)
    if (!made.ok) assert.equal(made.refusal.field, 'redirectUris')
  })
}
