import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { openWorld } from '../../world.ts'

/** The status of a GET under a host name of one's choice, which fetch does not allow. */
async function get(url: string, host: string): Promise<number> {
  return await new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
    })
      .on('error', reject)
      .end()
  })
}

test('a dialect with a host name of its own answers there and nowhere else', async () => {
  const world = await openWorld({ hosts: { ecitizen: 'accounts.example.org' } })
  const userInfo = `${world.url}/api/userinfo`
  assert.equal(await get(userInfo, 'accounts.example.org'), 400)
  assert.equal(await get(userInfo, 'pay.example.org'), 404)
  assert.equal(await get(`${world.url}/.well-known/openid-configuration`, 'pay.example.org'), 200)
  await world.close()
})

test('a host name for a dialect that does not exist is told with the ones that do', async () => {
  await assert.rejects(
    openWorld({ hosts: { nobody: 'a.example' } }),
    /no dialect nobody; there are standard, ecitizen, pesaflow/,
  )
})
