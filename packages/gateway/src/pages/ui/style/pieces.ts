/** The pieces of which pages are made, in the order of the files in pages/ui. */
export const pieces = /* css */ `
.card { background: var(--card); border: 1px solid var(--line); border-radius: .9rem; padding: 1.1rem; margin: 0 0 1.1rem; box-shadow: var(--shade); }
.card > :last-child { margin-bottom: 0; }
.card > form + * { margin-top: 1.1rem; }
.card > section { border-top: 1px solid var(--line); padding: 1rem 0; }
.card > section > :last-child { margin-bottom: 0; }
.card.gate { border-radius: 2.2rem 2.2rem .9rem .9rem; border-top: 4px solid var(--green); padding-top: 1.4rem; }
@media (min-width: 40rem) { .card { padding: 1.5rem; } .card.gate { padding: 1.8rem 1.8rem 1.5rem; } }
.grid { display: grid; gap: 1.1rem; margin: 0 0 1.1rem; }
.grid > .card { margin: 0; }
@media (min-width: 56rem) { .grid.two { grid-template-columns: 1fr 1fr; align-items: start; } .grid.three { grid-template-columns: repeat(3, 1fr); } .grid.side { grid-template-columns: 22rem 1fr; align-items: start; } }
.grid > * { min-width: 0; }

.button {
  display: inline-flex; align-items: center; justify-content: center; gap: .5rem; min-height: 3rem; padding: .6rem 1.3rem;
  border: 1.5px solid transparent; border-radius: .7rem; font: 600 1rem/1.2 var(--sans); text-align: center;
  text-decoration: none; cursor: pointer; transition: background-color .15s, border-color .15s;
}
.button.main { background: var(--green); color: var(--on-green); }
.button.main:hover { background: var(--green-deep); color: var(--on-green); }
.button.quiet { background: transparent; color: var(--green); border-color: var(--edge); }
.button.quiet:hover { background: var(--sunk); }
.button.danger { background: transparent; color: var(--bad); border-color: var(--bad); }
.button.danger:hover { background: var(--bad-wash); }
.button[disabled], .button[aria-disabled='true'] { opacity: .6; cursor: progress; }
.button.small { min-height: 2.5rem; padding: .35rem .9rem; font-size: .9rem; }
.button.wide { width: 100%; }
.actions { display: flex; flex-wrap: wrap; gap: .7rem; margin: 1.1rem 0 0; align-items: center; }
.actions form { margin: 0; }
@media (max-width: 30rem) { .actions > .button, .actions > form, .actions > form > .button { flex: 1 1 100%; width: 100%; } }

.field { margin: 0 0 1.1rem; }
.field label { display: block; font-weight: 600; margin: 0 0 .2rem; }
.field .hint { margin: 0 0 .35rem; font-size: .9rem; }
.field .optional { font-weight: 400; }
.field input, .field select, .field textarea {
  width: 100%; min-height: 3rem; padding: .55rem .8rem; font: 1rem/1.3 var(--sans); color: var(--ink);
  background: var(--paper); border: 1.5px solid var(--edge); border-radius: .7rem;
}
.field textarea { min-height: 6rem; font-family: var(--mono); font-size: .9rem; }
.field input:focus, .field select:focus, .field textarea:focus { outline: 3px solid var(--focus); outline-offset: 1px; border-color: var(--focus); }
.field.wrong input, .field.wrong select { border-color: var(--bad); border-width: 2px; }
.field .error { color: var(--bad); font-weight: 600; margin: .35rem 0 0; font-size: .9rem; }
.check { display: flex; gap: .7rem; align-items: flex-start; margin: 0 0 1.1rem; cursor: pointer; padding: .2rem 0; }
.check input { flex: none; width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--green); }
.trouble { color: var(--bad); font-weight: 600; margin: .6rem 0 0; }
.or { display: flex; align-items: center; gap: .8rem; color: var(--soft); margin: 1.2rem 0; }
.or::before, .or::after { content: ''; flex: 1; border-top: 1px solid var(--line); }
fieldset { border: 0; margin: 0 0 1.1rem; padding: 0; min-width: 0; }
legend { font: 700 1.05rem/1.3 var(--serif); padding: 0; margin: 0 0 .5rem; }

.notice { display: flex; gap: .8rem; border: 1px solid; border-left-width: 5px; border-radius: .7rem; padding: .85rem 1rem; margin: 0 0 1.1rem; }
.notice > div { min-width: 0; flex: 1; }
.notice > div > :last-child { margin-bottom: 0; }
.notice .title { font-weight: 700; margin: 0 0 .2rem; }
.notice .sign { flex: none; width: 1.6rem; height: 1.6rem; border-radius: 50%; border: 2px solid; display: grid; place-items: center; font: 700 .95rem/1 var(--serif); }
.notice.good { background: var(--good-wash); border-color: var(--good); } .notice.good .sign, .notice.good .title { color: var(--good); }
.notice.bad { background: var(--bad-wash); border-color: var(--bad); } .notice.bad .sign, .notice.bad .title { color: var(--bad); }
.notice.warn { background: var(--warn-wash); border-color: var(--warn); } .notice.warn .sign, .notice.warn .title { color: var(--warn); }
.notice.info { background: var(--info-wash); border-color: var(--info); } .notice.info .sign, .notice.info .title { color: var(--info); }
.notice code { background: none; }

img.face { display: block; width: 4rem; height: 4rem; margin: 0 0 .9rem; }

.badge { display: inline-block; border: 1px solid; border-radius: 1rem; padding: .05rem .6rem; font-size: .8rem; font-weight: 600; line-height: 1.5; white-space: nowrap; }
.badge.sandbox { color: var(--warn); background: var(--warn-wash); }
.badge.good { color: var(--good); background: var(--good-wash); }
.badge.bad { color: var(--bad); background: var(--bad-wash); }
.badge.info { color: var(--info); background: var(--info-wash); }
.badge.soft { color: var(--soft); background: var(--sunk); }

.money { white-space: nowrap; }
.money.big { font: 700 clamp(2rem, 1.4rem + 4vw, 2.9rem)/1.1 var(--serif); letter-spacing: -.015em; }
.money.big .currency { font-size: .5em; font-weight: 600; letter-spacing: .02em; color: var(--soft); vertical-align: .42em; }

.facts { margin: 0 0 1.1rem; }
.facts > div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .1rem 1.2rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
.facts > div:last-child { border-bottom: 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; font-weight: 600; text-align: right; min-width: 0; max-width: 100%; overflow-wrap: anywhere; }
.facts.light dd { font-weight: 400; }

table.data { width: 100%; border-collapse: collapse; margin: 0 0 1.1rem; }
.data caption { text-align: left; font: 700 1.05rem/1.3 var(--serif); padding: 0 0 .5rem; }
.data th, .data td { text-align: left; padding: .55rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
.data th { color: var(--soft); font-size: .85rem; font-weight: 600; }
.data .number { text-align: right; }
.data tbody tr:hover { background: var(--sunk); }
.empty { color: var(--soft); border: 1.5px dashed var(--line); border-radius: .7rem; padding: 1.2rem; text-align: center; }
@media (max-width: 40rem) {
  .data thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .data, .data tbody, .data caption { display: block; }
  .data tr { display: block; border: 1px solid var(--line); border-radius: .7rem; margin: 0 0 .7rem; padding: .3rem .8rem; }
  .data td { display: flex; justify-content: space-between; gap: 1rem; padding: .4rem 0; border-color: var(--line); text-align: right; }
  .data tr td:last-child { border: 0; }
  .card .data tr { border: 0; border-bottom: 1px solid var(--line); border-radius: 0; margin: 0; padding: .4rem 0; }
  .card .data tr:last-child { border: 0; }
  .data td::before { content: attr(data-head); color: var(--soft); text-align: left; flex: none; }
  .data td > div { min-width: 0; overflow-wrap: anywhere; }
}

.steps { list-style: none; margin: 0 0 1.1rem; padding: 0; }
.steps li { display: flex; gap: .8rem; position: relative; padding: 0 0 1rem; }
.steps li:last-child { padding-bottom: 0; }
.steps li:not(:last-child)::before { content: ''; position: absolute; left: .78rem; top: 1.7rem; bottom: .1rem; border-left: 2px solid var(--line); }
.steps .mark { flex: none; width: 1.65rem; height: 1.65rem; border-radius: 50%; border: 2px solid var(--edge); display: grid; place-items: center; font-size: .85rem; font-weight: 700; background: var(--card); }
.steps li > div { padding-top: .05rem; min-width: 0; }
.steps p { margin: .1rem 0 0; color: var(--soft); font-size: .92rem; }
.steps .done .mark { background: var(--green); border-color: var(--green); color: var(--on-green); }
.steps .failed .mark { border-color: var(--bad); color: var(--bad); }
.steps .now .mark { border-color: var(--green); }
.steps .now .mark::after { content: ''; width: .65rem; height: .65rem; border-radius: 50%; background: var(--green); animation: breathe 1.6s ease-in-out infinite; }
.steps .now .label { font-weight: 700; }
.steps .next .label { color: var(--soft); }
@keyframes breathe { 50% { transform: scale(.45); opacity: .5; } }

code, kbd, pre { font-family: var(--mono); font-size: .9em; }
code { background: var(--sunk); border-radius: .3rem; padding: .08em .3em; overflow-wrap: anywhere; }
pre { background: var(--sunk); border: 1px solid var(--line); border-radius: .7rem; padding: .9rem 1rem; overflow-x: auto; margin: 0 0 1rem; line-height: 1.5; tab-size: 2; }
pre code { background: none; padding: 0; overflow-wrap: normal; }
pre.wrap, pre.wrap code { white-space: pre-wrap; overflow-wrap: anywhere; }
details { margin: 0 0 .8rem; }
summary { cursor: pointer; padding: .35rem 0; font-weight: 600; }
`
