// Real servers on loopback: a mail server that speaks SMTP and a gateway that speaks HTTP.
import assert from 'node:assert/strict'
import { createServer as createHttp, type IncomingHttpHeaders } from 'node:http'
import { createServer as createTcp, type AddressInfo, type Server } from 'node:net'
import { after, test } from 'node:test'
import { openNet } from '../fetch/net.ts'
import { openMessages, type Carriers, type OpenMessages } from './open-messages.ts'

const net = openNet({ mode: 'live' })
const closing: (() => void)[] = []
after(async () => {
  for (const close of closing) close()
  await net.close()
})

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  return (server.address() as AddressInfo).port
}

function open(carriers: Partial<Carriers>, mode: 'sandbox' | 'live' = 'live'): OpenMessages {
  const messages = openMessages({ smtp: null, sms: null, ...carriers }, { mode, net })
  closing.push(messages.close)
  return messages
}

/** As much of RFC 5321 as a sender needs; `refuse` answers a recipient with that. */
async function mailServer(refuse?: string): Promise<{ readonly port: number; readonly heard: string[] }> {
  const heard: string[] = []
  const server = createTcp((socket) => {
    let inData = false
    let rest = ''
    socket.on('error', () => undefined)
    socket.write('220 mail.test ESMTP\r\n')
    socket.on('data', (chunk) => {
      rest += chunk.toString()
      for (let cut = rest.indexOf('\r\n'); cut >= 0; cut = rest.indexOf('\r\n')) {
        const line = rest.slice(0, cut)
        rest = rest.slice(cut + 2)
        heard.push(line)
        if (inData && line !== '.') continue
        const word = inData ? '.' : line.slice(0, 4).toUpperCase()
        inData = word === 'DATA'
        const answers: Readonly<Record<string, string>> = {
          EHLO: '250-mail.test\r\n250 8BITMIME',
          DATA: '354 go on',
          QUIT: '221 bye',
          ...(refuse === undefined ? {} : { RCPT: refuse }),
        }
        socket.write(`${answers[word] ?? '250 ok'}\r\n`)
      }
    })
  })
  return { port: await listen(server), heard }
}

const mail = { id: 'm1', to: 'amina@example.test', subject: 'Nambari: 12é', text: 'Habari\n\n.\nKwaheri' }
const from = 'Gate <gate@example.test>'

test('a letter goes out by SMTP to one recipient, marked as automatic, with the lines that it has', async () => {
  const server = await mailServer()
  const messages = open({ smtp: { url: `smtp://127.0.0.1:${server.port}?plain`, from } })
  assert.deepEqual(await messages.sendEmail(mail), { kind: 'sent' })
  assert.ok(server.heard.includes('RCPT TO:<amina@example.test>'))
  assert.ok(server.heard.includes('MAIL FROM:<gate@example.test>'))
  assert.ok(server.heard.includes('Auto-Submitted: auto-generated'))
  assert.ok(server.heard.includes('Message-ID: <m1@example.test>'))
  assert.ok(server.heard.some((line) => line.startsWith('Subject: =?UTF-8?')))
  assert.ok(server.heard.includes('..'), 'a dot alone is doubled and does not end the letter')
})

test('an address that looks like several, or like a command, never reaches others', async () => {
  const server = await mailServer()
  const messages = open({ smtp: { url: `smtp://127.0.0.1:${server.port}?plain`, from } })
  await messages.sendEmail({ ...mail, to: 'a@example.test,b@example.test' })
  await messages.sendEmail({ ...mail, to: 'a@example.test>\r\nRCPT TO:<b@example.test' })
  await messages.sendEmail({ ...mail, subject: 'Hello\r\nBcc: b@example.test' })
  assert.deepEqual(
    server.heard.filter((line) => line.startsWith('RCPT') && line.includes('<b@example.test>')),
    [],
  )
  assert.deepEqual(
    server.heard.filter((line) => /^Bcc/i.test(line)),
    [],
  )
})

test('a password is never told to a mail server that speaks no TLS', async () => {
  const server = await mailServer()
  const messages = open({ smtp: { url: `smtp://gate:hunter2@127.0.0.1:${server.port}`, from } })
  const sent = await messages.sendEmail(mail)
  assert.ok(sent.kind === 'failed' && !sent.final)
  assert.ok(!JSON.stringify(server.heard).includes(Buffer.from('\0gate\0hunter2').toString('base64')))
  assert.deepEqual(
    server.heard.filter((line) => /^(AUTH|MAIL)/.test(line)),
    [],
  )
})

for (const [answer, final] of [
  ['550 no such user amina@example.test', true],
  ['451 later', false],
] as const) {
  test(`a recipient answered with ${answer.slice(0, 3)} is ${final ? '' : 'not '}given up, and the address is not repeated`, async () => {
    const server = await mailServer(answer)
    const messages = open({ smtp: { url: `smtp://127.0.0.1:${server.port}?plain`, from } })
    const sent = await messages.sendEmail(mail)
    assert.deepEqual(sent, {
      kind: 'failed',
      because: `smtp EENVELOPE ${answer.slice(0, 3)} RCPT TO`,
      final,
    })
  })
}

test('a mail server that is not there is tried again', async () => {
  const messages = open({ smtp: { url: 'smtp://127.0.0.1:9?plain', from } })
  const sent = await messages.sendEmail(mail)
  assert.ok(sent.kind === 'failed' && !sent.final, JSON.stringify(sent))
})

type Heard = { readonly headers: IncomingHttpHeaders; readonly body: string }

async function smsServer(
  status: number,
  answer = '',
): Promise<{ readonly url: string; readonly heard: Heard[] }> {
  const heard: Heard[] = []
  const server = createHttp((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      heard.push({ headers: request.headers, body })
      response.writeHead(status).end(answer)
    })
  })
  return { url: `http://127.0.0.1:${await listen(server)}/send`, heard }
}

const sms = { id: 's1', to: '254700000011', text: 'Habari é' }

test('an SMS goes out as JSON with a bearer token, and its name for a repeated try', async () => {
  const { url, heard } = await smsServer(202)
  const messages = open({ sms: { shape: 'json', url, token: 'a-token', from: 'GATE' } })
  assert.deepEqual(await messages.sendSms(sms), { kind: 'sent' })
  assert.deepEqual(JSON.parse(heard[0]?.body ?? ''), { to: '+254700000011', from: 'GATE', text: 'Habari é' })
  assert.equal(heard[0]?.headers.authorization, 'Bearer a-token')
  assert.equal(heard[0]?.headers['idempotency-key'], 's1')
})

test('an SMS goes out as a form with the name and key of its account', async () => {
  const taken = '{"SMSMessageData":{"Recipients":[{"statusCode":101,"status":"Success"}]}}'
  const { url, heard } = await smsServer(201, taken)
  const messages = open({ sms: { shape: 'africastalking', url, token: 'gate:a-key', from: null } })
  assert.deepEqual(await messages.sendSms(sms), { kind: 'sent' })
  assert.equal(heard[0]?.headers['apikey'], 'a-key')
  assert.deepEqual(Object.fromEntries(new URLSearchParams(heard[0]?.body)), {
    username: 'gate',
    to: '+254700000011',
    message: 'Habari é',
  })
  const refused = await smsServer(
    201,
    '{"SMSMessageData":{"Recipients":[{"statusCode":403,"status":"InvalidPhoneNumber"}]}}',
  )
  const other = open({
    sms: { shape: 'africastalking', url: refused.url, token: 'gate:a-key', from: null },
  })
  assert.deepEqual(await other.sendSms(sms), { kind: 'failed', because: 'sms 201 refused', final: true })
})

for (const [status, final] of [
  [400, true],
  [401, false],
  [429, false],
  [500, false],
  [503, false],
  [302, false],
] as const) {
  test(`an SMS gateway that answers ${status} is ${final ? 'not asked again' : 'asked again'}`, async () => {
    const { url } = await smsServer(status)
    const messages = open({ sms: { shape: 'json', url, token: 'a-token', from: null } })
    assert.deepEqual(await messages.sendSms(sms), { kind: 'failed', because: `sms ${status}`, final })
  })
}

test('without carriers the sandbox takes everything, and a live house says that it carries nothing', async () => {
  const sandbox = open({}, 'sandbox')
  assert.deepEqual([sandbox.carries('email'), sandbox.carries('sms')], [true, true])
  assert.deepEqual(await sandbox.sendEmail(mail), { kind: 'sent' })
  const live = open({})
  assert.deepEqual([live.carries('email'), live.carries('sms')], [false, false])
  const uncarried = { kind: 'failed', because: 'no carrier is set', final: true }
  assert.deepEqual([await live.sendEmail(mail), await live.sendSms(sms)], [uncarried, uncarried])
})
