// Makes the order page livelier; without it the page says the same after a reload.

const frame = document.querySelector('iframe[data-gateway]')
const told = document.querySelector('[data-told]')

/** The page in the frame says how it went. It is a hint: the shop believes the signed notice only. */
const hints = {
  success: 'The payment page says it is paid. The shop waits for the signed notice.',
  failed: 'The payment page says it did not work. You can try again there.',
}

function listen() {
  addEventListener('message', (event) => {
    // Anybody may post messages to a page: only the gateway counts, and only from this frame.
    if (event.origin !== frame.dataset.gateway || event.source !== frame.contentWindow) return
    const status = event.data?.status
    if (Object.hasOwn(hints, status) && told.dataset.state !== 'paid') told.textContent = hints[status]
  })
}

async function watch(patience) {
  if (patience === 0) return
  try {
    const answer = await fetch(frame.dataset.watch, { headers: { accept: 'application/json' } })
    const { state, words } = await answer.json()
    if (state !== told.dataset.state) {
      told.dataset.state = state
      told.textContent = state === 'paid' ? 'Paid. The notice has come, and it is genuine.' : `${words}.`
    }
    if (state === 'paid') return
  } catch {
    // The shop may be restarting; the next look will tell.
  }
  setTimeout(() => watch(patience - 1), 1500)
}

if (frame !== null && told !== null) {
  listen()
  // About half an hour, then the page is probably forgotten in a tab.
  void watch(1200)
}
