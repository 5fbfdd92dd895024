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

  async function refresh() {
    if (document.hidden || region.contains(document.activeElement) || region.querySelector('details[data-read][open]')) return
    const answer = await fetch(window.location.href, { headers: { accept: 'text/html' } })
    if (!answer.ok) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-live]')
    if (!fresh || fresh.innerHTML === last) return
    last = fresh.innerHTML
    region.innerHTML = last
  }

  window.setInterval(() => refresh().catch(() => undefined), everyMs)
})()
`,
)
