import { asset } from '../ui/asset.ts'

/**
 * Lets a form be answered by a passkey: it asks the device, puts the answer into the form as JSON and sends it. A form
 * that is `data-conditional` also offers its keys where the name is typed. Without scripts these forms stay hidden.
 */
export const passkeyScript = asset(
  'passkey',
  'js',
  /* js */ `'use strict'
;(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
  const text = (buffer) =>
    btoa(Array.from(new Uint8Array(buffer), (one) => String.fromCharCode(one)).join(''))
      .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  const keys = (list) => JSON.parse(list || '[]').map((id) => ({ type: 'public-key', id: bytes(id) }))
  let waiting = null

  function toGet({ challenge, rpId, keys: allowed }) {
    return { challenge: bytes(challenge), rpId, allowCredentials: keys(allowed), userVerification: 'required', timeout: 120000 }
  }

  function toCreate({ challenge, rpId, keys: known, user, name }) {
    return {
      challenge: bytes(challenge),
      rp: { id: rpId, name: 'Lango' },
      user: { id: bytes(user), name, displayName: name },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: keys(known),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      timeout: 120000,
    }
  }

  function printed({ id, rawId, type, response }) {
    const said = { clientDataJSON: text(response.clientDataJSON) }
    if (response.attestationObject) {
      said.attestationObject = text(response.attestationObject)
      said.transports = response.getTransports ? response.getTransports() : []
    } else {
      said.authenticatorData = text(response.authenticatorData)
      said.signature = text(response.signature)
      if (response.userHandle) said.userHandle = text(response.userHandle)
    }
    return JSON.stringify({ id, rawId: text(rawId), type, response: said, clientExtensionResults: {} })
  }

  function send(form, credential) {
    form.elements.response.value = printed(credential)
    HTMLFormElement.prototype.submit.call(form)
  }

  function say(form, which) {
    for (const each of form.querySelectorAll('[data-trouble]')) each.hidden = each.dataset.trouble !== which
  }

  async function ask(form) {
    if (waiting) waiting.abort()
    waiting = new AbortController()
    const { signal } = waiting
    say(form, '')
    const button = form.querySelector('button')
    button.setAttribute('aria-disabled', 'true')
    try {
      const creating = form.dataset.passkey === 'create'
      const credential = creating
        ? await navigator.credentials.create({ publicKey: toCreate(form.dataset), signal })
        : await navigator.credentials.get({ publicKey: toGet(form.dataset), signal })
      if (credential) send(form, credential)
    } catch (fault) {
      if (fault.name !== 'AbortError') say(form, fault.name === 'InvalidStateError' ? 'known' : 'none')
    } finally {
      button.removeAttribute('aria-disabled')
    }
  }

  async function offer(form) {
    const can = PublicKeyCredential.isConditionalMediationAvailable
    if (!can || !(await can.call(PublicKeyCredential))) return
    waiting = new AbortController()
    try {
      const { signal } = waiting
      const credential = await navigator.credentials.get({ publicKey: toGet(form.dataset), mediation: 'conditional', signal })
      if (credential) send(form, credential)
    } catch {
      // Nobody asked for it, so nobody is told that it did not come.
    }
  }

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      ask(form)
    })
    if (form.dataset.conditional !== undefined) offer(form)
  }
  for (const each of document.querySelectorAll('[data-with-passkey]')) each.hidden = false
  for (const each of document.querySelectorAll('[data-without-passkey]')) each.hidden = true
})()
`,
)
