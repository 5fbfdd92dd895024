/** The console and the operators' desk. */
export const desks = /* css */ `
.above { margin: 0 0 .2rem; color: var(--soft); }
.desk-tabs { display: flex; flex-wrap: wrap; gap: .1rem .3rem; margin: 0 0 1.2rem; border-bottom: 1px solid var(--line); }
.desk-tabs a { padding: .55rem .75rem; color: var(--ink); text-decoration: none; border-bottom: 3px solid transparent; margin-bottom: -1px; }
.desk-tabs a:hover { background: var(--sunk); }
.desk-tabs a[aria-current] { border-color: var(--saffron); font-weight: 600; }
.check { display: flex; gap: .7rem; margin: 0 0 .9rem; align-items: flex-start; }
.check input { flex: none; width: 1.4rem; height: 1.4rem; margin: .1rem 0 0; accent-color: var(--green); }
.check label { font-weight: 600; }
.check .hint { margin: .1rem 0 0; font-size: .9rem; }
.secret { font-size: 1.05rem; display: block; padding: .7rem .9rem; user-select: all; border: 1.5px dashed var(--edge); background: var(--sunk); border-radius: .6rem; overflow-wrap: anywhere; }
.data form { margin: 0; }
.data .button { min-height: 2.6rem; padding: .35rem .8rem; font-size: .92rem; }
.data .field { margin: 0; } .data .field label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.data .field select { min-height: 2.6rem; padding: .3rem .6rem; min-width: 8rem; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
@media (max-width: 40rem) { .data .row { justify-content: flex-end; } }
.logo { width: 3rem; height: 3rem; object-fit: contain; border-radius: .6rem; border: 1px solid var(--line); background: #fff; vertical-align: middle; }
.word { white-space: nowrap; }
summary + .grid { margin-top: .9rem; }
h4.small { margin: .9rem 0 .3rem; } ul.plain { list-style: none; margin: 0; padding: 0; }
.filters { display: grid; gap: 0 1rem; align-items: end; }
@media (min-width: 48rem) { .filters { grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); } }
.filters .actions { margin: 0 0 1.1rem; }
`
