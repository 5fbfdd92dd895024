/** Colours, type and the frame of a page. Contrast is AA or better in both schemes (WCAG 2.2, 1.4.3 and 1.4.11). */
export const foundation = /* css */ `
:root {
  color-scheme: light dark;
  --paper: #f6f3ec; --card: #fffdf9; --sunk: #efeae0; --ink: #1c2a28; --soft: #55635f;
  --line: #d9d2c4; --edge: #8a8a7c; --green: #0b5c55; --green-deep: #08443f; --on-green: #ffffff;
  --saffron: #d9961f; --good: #1b6638; --good-wash: #e4f1e6; --bad: #9d2222; --bad-wash: #fae9e5;
  --warn: #7a4f00; --warn-wash: #fbf0d6; --info: #17506e; --info-wash: #e3eef3; --focus: #1a5fb4;
  --a: #0b5c55; --b: #8a3f12; --c: #5a3a86; --d: #8a1f50;
  --serif: Charter, 'Bitstream Charter', 'Sitka Text', Cambria, 'Noto Serif', Georgia, serif;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  --mono: ui-monospace, 'SF Mono', Menlo, Consolas, 'Noto Sans Mono', 'Liberation Mono', monospace;
  --shade: 0 1px 2px rgb(40 34 20 / .06), 0 8px 28px rgb(40 34 20 / .07);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #111715; --card: #19211e; --sunk: #222c28; --ink: #e9ece5; --soft: #a9b5ae;
    --line: #2f3b36; --edge: #718078; --green: #76cdbb; --green-deep: #9fe0d2; --on-green: #06231f;
    --saffron: #e3a63b; --good: #8fd6a5; --good-wash: #17291d; --bad: #f3a79b; --bad-wash: #321a17;
    --warn: #ebc377; --warn-wash: #2d2413; --info: #98cbe6; --info-wash: #15262f; --focus: #8ab8ff;
    --a: #76cdbb; --b: #f0ae7c; --c: #c5a8f0; --d: #f39bc0;
    --shade: 0 1px 2px rgb(0 0 0 / .4), 0 10px 30px rgb(0 0 0 / .25);
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column;
  background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans);
  overflow-wrap: break-word; font-variant-numeric: tabular-nums;
}
main { flex: 1; width: 100%; margin: 0 auto; padding: 1.25rem 1rem 3rem; outline: none; }
.narrow main, .narrow .bar { max-width: 35rem; }
.wide main, .wide .bar { max-width: 72rem; }
h1, h2, h3 { font-family: var(--serif); line-height: 1.2; margin: 0 0 .6rem; text-wrap: balance; font-weight: 700; }
h1 { font-size: clamp(1.6rem, 1.3rem + 1.6vw, 2.25rem); letter-spacing: -.01em; }
h2 { font-size: 1.25rem; }
h3 { font-size: 1.05rem; }
p { margin: 0 0 .8rem; }
ul, ol { margin: 0 0 .8rem; padding-left: 1.3rem; }
a { color: var(--green); text-underline-offset: .18em; text-decoration-thickness: .08em; }
a:hover { color: var(--green-deep); text-decoration-thickness: .14em; }
small, .small { font-size: .875rem; }
.soft, .hint, .optional { color: var(--soft); }
.lead { font-size: 1.1rem; color: var(--soft); max-width: 44rem; }
img, svg { max-width: 100%; }
hr { border: 0; border-top: 1px solid var(--line); margin: 1.5rem 0; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
[hidden] { display: none !important; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: .5rem; top: -4rem; background: var(--card); color: var(--ink); padding: .6rem 1rem; border-radius: 0 0 .5rem .5rem; z-index: 9; }
.skip:focus { top: 0; }

.top { background: var(--card); }
.bar { margin: 0 auto; padding: .6rem 1rem; display: flex; flex-wrap: wrap; align-items: center; gap: .3rem 1rem; min-height: 3.5rem; }
.home { text-decoration: none; }
.wordmark { display: inline-flex; align-items: center; gap: .45rem; color: var(--green); font: 700 1.3rem/1 var(--serif); letter-spacing: .01em; }
.wordmark .gate { width: 1.75rem; height: 1.75rem; }
.links { display: flex; flex-wrap: wrap; gap: 0 1.1rem; }
.links a, .languages a, .languages span { display: inline-block; padding: .5rem 0; }
.links a { color: var(--ink); text-decoration: none; border-bottom: 2px solid transparent; }
.links a:hover { border-color: var(--line); }
.links a[aria-current] { border-color: var(--saffron); font-weight: 600; }
.languages { margin-left: auto; display: flex; gap: .9rem; font-size: .9rem; }
.languages [aria-current] { color: var(--soft); }
@media (max-width: 30rem) { .languages [aria-current] { display: none; } }
.frieze {
  height: 6px; border-block: 1px solid var(--line);
  background: linear-gradient(45deg, transparent 42%, var(--saffron) 42% 58%, transparent 58%) 0 0 / 12px 6px,
    linear-gradient(-45deg, transparent 42%, var(--green) 42% 58%, transparent 58%) 0 0 / 12px 6px, var(--sunk);
}
.foot { padding: 1.2rem 1rem 1.6rem; color: var(--soft); font-size: .875rem; text-align: center; }
.foot p { margin: 0; }

@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; }
}
@media print {
  :root { --paper: #fff; --card: #fff; --sunk: #fff; --ink: #000; --soft: #333; --line: #999; --green: #000; --shade: none; }
  .top .languages, .top .links, .frieze, .skip, .foot, .actions, .button, .no-print { display: none !important; }
  main { padding: 0; max-width: none !important; }
  .card { border: 0 !important; padding: 0 !important; }
}
`
