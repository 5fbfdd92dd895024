import { asset } from '../ui/asset.ts'

/**
 * What a browser with scripts does more: it shows news as they come, says to its frame's owner that it is paid, goes
 * back by itself, and sends a form once. Without it every step works by links, forms and a refresh.
 */
export const checkoutScript = asset(
  'checkout',
  'js',
  /* js */ `'use strict'
;(() => {
  const live = document.getElementById('live')
  const offline = document.getElementById('offline')
  if (!live) return
  const framed = window.top !== window.self
  let told = false
  let covered = false
  let leaving = 0

  function tellParent(status) {
    if (!framed || told) return
    told = true
    const title = live.querySelector('.notice .title')
    const message = { status, message: title ? title.textContent : '' }
    for (const origin of live.dataset.origins.split(' ')) if (origin) window.parent.postMessage(message, origin)
  }

  function goBack(wayOn) {
    const link = document.getElementById('continue')
    const going = wayOn.querySelector('[data-going]')
    if (!link || !going || leaving) return
    going.hidden = false
    leaving = window.setTimeout(() => window.location.replace(link.href), 4000)
    going.querySelector('[data-stay]').addEventListener('click', () => {
      window.clearTimeout(leaving)
      going.hidden = true
    })
  }

  function dress() {
    for (const form of live.querySelectorAll('form[data-pay]')) form.addEventListener('submit', onSubmit)
    const print = live.querySelector('[data-print]')
    if (print) {
      print.hidden = false
      print.addEventListener('click', () => {
        window.clearTimeout(leaving)
        window.print()
      })
    }
    if (live.dataset.state === 'cancelled' || live.dataset.state === 'expired') tellParent('failed')
    if (live.dataset.state !== 'settled') return
    tellParent('success')
    const wayOn = document.getElementById('way-on')
    if (wayOn && !framed && wayOn.dataset.byItself !== undefined) goBack(wayOn)
  }

  function onSubmit(event) {
    const form = event.currentTarget
    if (covered) {
      event.preventDefault()
      const notice = document.getElementById('covered')
      if (notice) notice.hidden = false
      return
    }
    if (form.dataset.sent) {
      event.preventDefault()
      return
    }
    form.dataset.sent = 'yes'
    const button = form.querySelector('button[type=submit]')
    if (button) button.setAttribute('aria-disabled', 'true')
  }

  function show(news) {
    const typed = [...live.querySelectorAll('input:not([type=hidden])')].map((input) => [input.id, input.value])
    const focused = document.activeElement && live.contains(document.activeElement) ? document.activeElement.id : ''
    live.innerHTML = news.html
    live.dataset.state = news.state
    for (const [id, value] of typed) {
      const input = id && document.getElementById(id)
      if (input && !input.value) input.value = value
    }
    const again = focused && document.getElementById(focused)
    if (again) again.focus()
    else if (focused) document.getElementById('main').focus()
    const sum = document.querySelector('.checkout-head .sum')
    if (sum && news.sum) sum.innerHTML = news.sum
    dress()
  }

  function watch() {
    if (['settled', 'cancelled'].includes(live.dataset.state)) return
    const source = new EventSource(live.dataset.events)
    source.addEventListener('view', (event) => {
      offline.hidden = true
      show(JSON.parse(event.data))
      announce()
    })
    source.addEventListener('end', () => source.close())
    source.addEventListener('open', () => (offline.hidden = true))
    source.addEventListener('error', () => {
      offline.hidden = source.readyState === EventSource.OPEN
      if (source.readyState === EventSource.CLOSED) window.setTimeout(watch, 5000)
    })
  }

  // A region that is replaced whole is read badly: one short line says what is new.
  const voice = document.createElement('p')
  voice.className = 'visually-hidden'
  voice.setAttribute('role', 'status')
  live.after(voice)
  function announce() {
    const now = live.querySelector('.steps .now .label, .notice .title')
    voice.textContent = now ? now.textContent : ''
  }

  // A frame that is covered or made transparent by its owner must not be pressed unseen (clickjacking).
  if (framed && 'IntersectionObserver' in window) {
    const observer = new IntersectionObserver(
      (entries) => {
        const last = entries[entries.length - 1]
        if (typeof last.isVisible === 'boolean' && last.isIntersecting) covered = !last.isVisible
      },
      { threshold: [0, 0.5, 1], trackVisibility: true, delay: 100 },
    )
    observer.observe(live)
  }

  // A page that the browser brings back from memory may be old: ask for the present one.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) window.location.replace(live.dataset.page)
  })

  // The merchant's picture is decoration: without it nothing is missing.
  const picture = document.querySelector('img.picture')
  const hide = () => (picture.hidden = true)
  if (picture && picture.complete && picture.naturalWidth === 0) hide()
  else if (picture) picture.addEventListener('error', hide)

  dress()
  watch()
})()
`,
)
