import { Html } from './html.ts'

/** One sheet, both themes. Text meets 4.5:1 on its ground in each. */
export const pageStyle = new Html(`<style>
:root{color-scheme:light dark;--canvas:#faf9f7;--surface:#fff;--sunken:#f4f3f0;--line:#e0dcd7;--control:#8c857e;--ink:#1c1917;--muted:#57534e;--accent:#0f766e;--on-accent:#fff;--danger:#be123c;--good:#0f6a63;--good-soft:#dcf2ee;--warn:#92500a;--warn-soft:#fdf1d3;--bad-soft:#fee9ec}
@media(prefers-color-scheme:dark){:root{--canvas:#171412;--surface:#211d1a;--sunken:#2a2522;--line:#3b3530;--control:#8c857e;--ink:#f5f3f0;--muted:#b8b0a8;--accent:#5ec9bb;--on-accent:#0c1f1c;--danger:#fb7a91;--good:#6fd3c5;--good-soft:#12312d;--warn:#f0bd5a;--warn-soft:#3a2a0d;--bad-soft:#411722}}
*{box-sizing:border-box}
body{margin:0;background:var(--canvas);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main,header{max-width:72rem;margin:0 auto;padding:1rem}
header{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:baseline}
h1{font-size:1.5rem;line-height:1.25;margin:0}
h2{font-size:1.1rem;margin:0 0 .75rem}
h3{font-size:1rem;margin:0 0 .5rem}
p{margin:0 0 .75rem}
a{color:var(--accent)}
section{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:1rem;margin:0 0 1rem}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,21rem),1fr));gap:1rem}
.grid{margin:0 0 1rem}
.grid section{margin:0;min-width:0}
.muted{color:var(--muted)}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:.5rem;margin:0}
.figures div{background:var(--sunken);border-radius:8px;padding:.5rem .75rem}
.figures dt{color:var(--muted);font-size:.8rem}
.figures dd{margin:0;font-size:1.15rem;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}
.scroll code{white-space:nowrap}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--muted);font-weight:600;font-size:.85rem;white-space:nowrap}
tr:last-child td{border-bottom:0}
code{font:13px/1.5 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.badge{display:inline-block;border-radius:99px;padding:0 .6rem;font-size:.85rem;background:var(--sunken);white-space:nowrap}
.good{background:var(--good-soft);color:var(--good)}
.warn{background:var(--warn-soft);color:var(--warn)}
.bad{background:var(--bad-soft);color:var(--danger)}
form{margin:0}
form.row,.actions{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end}
label{display:block;font-size:.85rem;color:var(--muted);margin:0 0 .6rem;flex:1 1 9rem}
form.row label{margin:0}
input,select,textarea{display:block;width:100%;margin-top:.15rem;font:inherit;color:var(--ink);background:var(--canvas);border:1px solid var(--control);border-radius:8px;padding:.4rem .6rem;min-height:2.5rem}
textarea{min-height:4rem}
button{font:inherit;min-height:2.5rem;padding:.35rem .9rem;border-radius:8px;border:1px solid var(--control);background:var(--surface);color:var(--ink);cursor:pointer}
button.primary{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
button.danger{color:var(--danger);border-color:var(--danger)}
:is(a,button,input,select,textarea,summary):focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.notice{border-left:4px solid var(--warn);background:var(--warn-soft);padding:.5rem .75rem;border-radius:6px;margin:0 0 1rem}
.done{border-left:4px solid var(--good);background:var(--good-soft);padding:.5rem .75rem;border-radius:6px;margin:0 0 1rem}
.list{list-style:none;margin:0;padding:0}
.list>li{border-top:1px solid var(--line);padding:.75rem 0}
.list>li:first-child{border-top:0;padding-top:0}
.head{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:center;margin:0 0 .5rem}
dl.facts{display:grid;grid-template-columns:auto 1fr;gap:.1rem .75rem;margin:0}
dl.facts dt{color:var(--muted)}
dl.facts dd{margin:0}
</style>`)
