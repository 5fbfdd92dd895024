import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRole, may, permissions, roles, type Permission } from './role.ts'

const all = Object.keys(permissions) as Permission[]

test('an owner may do everything, and every permission has somebody', () => {
  for (const permission of all) assert.ok(may('owner', permission), permission)
})

test('a viewer changes nothing: no permission of hers is one that changes, issues or resends', () => {
  const hers = all.filter((permission) => may('viewer', permission))
  assert.deepEqual(hers, ['organization.see', 'members.see', 'applications.see', 'services.see', 'house.see'])
})

test('a developer touches neither members nor fees, and finance neither applications nor keys', () => {
  const cannot = (role: 'developer' | 'finance', list: readonly Permission[]) =>
    list.forEach((permission) => assert.ok(!may(role, permission), `${role} ${permission}`))
  cannot('developer', ['members.change', 'services.change', 'organization.change', 'import', 'acts.see'])
  cannot('finance', [
    'members.change',
    'applications.change',
    'keys.change',
    'requests.see',
    'origins.change',
  ])
})

test('only the words of the list are roles', () => {
  assert.deepEqual(['owner', 'Owner', 'admin', '', 'toString'].map(isRole), [
    true,
    false,
    false,
    false,
    false,
  ])
  assert.equal(roles.length, 4)
})
