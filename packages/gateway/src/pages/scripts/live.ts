import { asset } from '../ui/asset.ts'

/**
 * Keeps the part of a page that carries `data-live` fresh: it loads the same address again and puts in what changed,
 * unless somebody is typing there. Without it, the page has a link that does the same.
 */
export const liveScript = asset(
  'live',
  'js',
  /* js */ `'use strict'
;(() => {
  const region = document.querySelector('[data-live]')
  if (!region) return
  const everyMs = Number(region.dataset.live) || 2000
  let last = region.innerHTML
  for (const link of document.querySelectorAll('[data-without-script]')) link.hidden = true

  // What is new is said in one line; a region that is replaced whole every other second would never stop talking.
  const voice = document.createElement('p')
  voice.className = 'visually-hidden'
  voice.setAttribute('role', 'status')
  region.after(voice)
  const sayable = () => {
    const line = region.querySelector('[data-say]')
    return line ? line.textContent : ''
  }

  function busy() {
    return region.contains(document.activeElement) || region.querySelector(':active, details[data-read][open]') !== null
  }

  async function refresh() {
    if (document.hidden || busy()) return
    const answer = await fetch(window.location.href, { headers: { accept: 'text/html' } })
    if (!answer.ok) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-live]')
    if (!fresh || fresh.innerHTML === last || busy()) return
    const before = sayable()
    last = fresh.innerHTML
    region.innerHTML = last
    if (sayable() !== before) voice.textContent = sayable()
  }

  window.setInterval(() => refresh().catch(() => undefined), everyMs)
})()
`,
)
