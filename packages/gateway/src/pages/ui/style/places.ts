/** What only one kind of page has. */
export const places = /* css */ `
.checkout-head { text-align: center; }
.checkout-head h1 { font-size: 1.15rem; margin: 0 0 .3rem; font-weight: 600; overflow-wrap: anywhere; }
.checkout-head .sum { margin: .2rem 0; }
.checkout-head .for { margin: .3rem 0; overflow-wrap: anywhere; }
.checkout-head .small { margin: .3rem 0 0; }
.checkout-head .picture { width: 4.5rem; height: 4.5rem; object-fit: contain; border-radius: .9rem; border: 1px solid var(--line); margin: 0 auto .6rem; display: block; background: #fff; }
.letters { display: block; font: 700 1.75rem/1.3 var(--mono); letter-spacing: .1em; white-space: nowrap; }
.ref { font-family: var(--mono); letter-spacing: .04em; }
.ways h2 { font-size: 1.15rem; margin: 1.4rem 0 .6rem; }
.way { background: var(--card); border: 1.5px solid var(--line); border-radius: .9rem; margin: 0 0 .7rem; box-shadow: var(--shade); }
.way[open] { border-color: var(--green); }
.way > summary { display: flex; align-items: center; gap: .7rem; list-style: none; padding: .9rem 1.1rem; min-height: 3.2rem; border-radius: .9rem; }
.way > summary::-webkit-details-marker { display: none; }
.way > summary::before { content: ''; flex: none; width: 1.15rem; height: 1.15rem; border-radius: 50%; border: 2px solid var(--edge); }
.way[open] > summary::before { border: 6px solid var(--green); }
.way .inside { padding: .2rem 1.1rem 1.1rem; }
.way form > .button { width: 100%; padding-inline: .5rem; text-wrap: balance; }
.way-on { margin: 0 0 1.3rem; }
.way-on > .button { flex: 1 1 100%; }
.way-on p { margin: 0; }
button.link { border: 0; background: none; padding: .4rem; font: inherit; color: var(--green); text-decoration: underline; text-underline-offset: .18em; cursor: pointer; }

.qr { display: block; width: 100%; max-width: 15rem; height: auto; border: 1px solid var(--line); border-radius: .7rem; margin: 0 0 1rem; }
.in-order { padding-left: 1.4rem; }
.in-order > li { padding: 0 0 .6rem .2rem; }
.codes { columns: 2; column-gap: 1.5rem; font-size: 1.05rem; padding-left: 2.2rem; }
.codes li { padding: .25rem 0; break-inside: avoid; }
.codes code { white-space: nowrap; }
@media (max-width: 34rem) { .codes { columns: 1; } }
.in-line { display: flex; flex-wrap: wrap; gap: .7rem; align-items: end; margin: 0 0 1.1rem; }
.in-line .field { flex: 1 1 12rem; margin: 0; }
.card > .in-line:last-child { margin: 0; }
.keys { display: grid; grid-template-columns: 1fr 1fr; gap: .6rem; }
.keys .button { padding: .5rem .6rem; }
.keys:not(.even) .button.main { grid-column: 1 / -1; }
.phone { max-width: 23rem; margin: 0 auto 1.2rem; padding: .9rem; border: 3px solid var(--edge); border-radius: 2.2rem; background: var(--sunk); box-shadow: var(--shade); min-height: 24rem; max-height: 46rem; overflow-y: auto; }
.phone .ear { width: 4rem; height: .35rem; border-radius: 1rem; background: var(--edge); margin: 0 auto 1rem; }
.prompt { background: var(--card); border: 1px solid var(--line); border-radius: 1.1rem; padding: .9rem 1rem; margin: 0 0 .8rem; }
.prompt.open { border: 2px solid var(--green); }
.prompt p { margin: 0 0 .5rem; }
.prompt .message { font-size: 1.05rem; }
.hash-steps { padding-left: 1.3rem; }
.hash-steps p { margin: 0 0 .35rem; }
.fields { display: flex; flex-wrap: wrap; gap: .1rem .3rem; font-size: .85rem; font-weight: 600; }
.fields > *:not(:last-child)::after { content: ' +'; color: var(--soft); font-weight: 400; }
.data-string { line-height: 1.8; }
.data-string span { border-bottom: 2px solid; padding-bottom: .1em; }
.data-string .blank { color: var(--soft); border-bottom-style: dashed; }
.hash-steps .a { color: var(--a); } .hash-steps .b { color: var(--b); } .hash-steps .c { color: var(--c); } .hash-steps .d { color: var(--d); }
.verdict { font-weight: 700; } .verdict.good { color: var(--good); } .verdict.bad { color: var(--bad); }
.hero { display: grid; gap: 1.5rem; align-items: center; margin: 1rem 0 2rem; }
.hero h1 { font-size: clamp(2rem, 1.4rem + 3.4vw, 3.4rem); }
@media (min-width: 56rem) { .hero { grid-template-columns: 1.3fr 1fr; } }
.hero .gate { width: 100%; height: auto; max-height: 17rem; color: var(--green); stroke-width: 1; }
.docs { display: grid; gap: 1.5rem; }
.to-contents { margin: 0 0 .8rem; }
@media (min-width: 56rem) { .to-contents { display: none; } }
@media (min-width: 56rem) { .docs { grid-template-columns: 15rem minmax(0, 1fr); align-items: start; } .docs > nav { position: sticky; top: 1rem; } }
@media (max-width: 55.99rem) { .docs > nav { order: 2; border-top: 1px solid var(--line); padding-top: 1rem; } }
.docs > nav ul { list-style: none; padding: 0; margin: 0; }
.docs > nav a { display: block; padding: .4rem .7rem; border-left: 3px solid transparent; color: var(--ink); text-decoration: none; }
.docs > nav a:hover { background: var(--sunk); }
.docs > nav a[aria-current] { border-color: var(--saffron); font-weight: 600; background: var(--sunk); }
.prose { min-width: 0; }
.prose > p, .prose > ul, .prose > ol { max-width: 46rem; }
.prose > h2 { margin-top: 2.2rem; padding-top: .9rem; border-top: 1px solid var(--line); }
.prose > h3 { margin-top: 1.6rem; }
.prose :is(h1, h2, h3, h4) a.anchor { color: var(--edge); text-decoration: none; margin-left: .35rem; font-weight: 400; opacity: 0; }
.prose :is(h1, h2, h3, h4):hover a.anchor, .prose a.anchor:focus { opacity: 1; }
.prose .scroll { overflow-x: auto; margin: 0 0 1rem; }
.prose .scroll table { border-collapse: collapse; min-width: 100%; }
.prose .scroll th, .prose .scroll td { border-bottom: 1px solid var(--line); padding: .5rem .7rem; text-align: left; vertical-align: top; }
.prose .scroll code { overflow-wrap: break-word; }
.prose .scroll th { color: var(--soft); font-size: .9rem; }
.prose blockquote { margin: 0 0 1rem; padding: .7rem 1rem; border-left: 4px solid var(--saffron); background: var(--sunk); border-radius: 0 .6rem .6rem 0; }
.prose blockquote > :last-child { margin: 0; }
.tabs { border: 1px solid var(--line); border-radius: .8rem; overflow: hidden; margin: 0 0 1.2rem; background: var(--card); }
.tabs > details { margin: 0; border-bottom: 1px solid var(--line); }
.tabs > details:last-child { border-bottom: 0; }
.tabs > details > summary { padding: .6rem .95rem; color: var(--soft); font-size: .95rem; }
.tabs > details[open] > summary { color: var(--ink); box-shadow: inset 0 -3px var(--saffron); }
@supports selector(::details-content) {
  .tabs { display: flex; flex-wrap: wrap; }
  .tabs > details { display: contents; }
  .tabs > details > summary { order: 0; list-style: none; }
  .tabs > details > summary::-webkit-details-marker { display: none; }
  .tabs > details::details-content { order: 1; flex: 1 0 100%; min-width: 0; }
}
.tabs pre { margin: 0; border: 0; border-top: 1px solid var(--line); border-radius: 0; }
.tabs .from { padding: .35rem 1rem; margin: 0; border-top: 1px solid var(--line); font-size: .82rem; color: var(--soft); }
`
