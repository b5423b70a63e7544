import type { Language } from '../core.ts'

/** A small page for a visitor without a log-in: no script, no file beside it, light and dark, kept out of search engines. */
export function renderPlainPage(page: {
  readonly language: Language
  /** Escaped already, like `body`. */
  readonly title: string
  readonly body: string
}): string {
  return `<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${page.title}</title>
<style>
:root { color-scheme: light dark; --ink: #1c1917; --soft: #57534e; --line: #d6d3d1; --brand: #0f766e; --on-brand: #fff; --ground: #fafaf9; --card: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #f5f5f4; --soft: #a8a29e; --line: #44403c; --brand: #2dd4bf; --on-brand: #042f2e; --ground: #0c0a09; --card: #1c1917; } }
* { box-sizing: border-box; }
body { background: var(--ground); color: var(--ink); font: 17px/1.5 system-ui, sans-serif; margin: 0; overflow-wrap: anywhere; padding: 1rem; }
nav { margin: 0 auto; max-width: 30rem; text-align: right; }
a { color: var(--brand); display: inline-block; padding: .5rem 0; }
main { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; margin: 4vh auto; max-width: 30rem; padding: 1.5rem; }
h1, h2 { font-size: 1.35rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.05rem; }
p { margin: 0 0 1rem; }
form { border-top: 1px solid var(--line); margin-top: 1.25rem; padding-top: 1.25rem; }
section + section { border-top: 1px solid var(--line); margin-top: 1.5rem; padding-top: 1.5rem; }
label { align-items: start; display: flex; gap: .75rem; margin-bottom: 1rem; }
input[type=checkbox] { accent-color: var(--brand); flex: none; height: 1.4rem; margin: 0; width: 1.4rem; }
button { background: var(--brand); border: 1px solid var(--brand); border-radius: .6rem; color: var(--on-brand); cursor: pointer; font: inherit; font-weight: 600; min-height: 3rem; padding: .5rem 1rem; width: 100%; }
button.quiet { background: transparent; color: var(--brand); }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
.small { color: var(--soft); font-size: .9rem; margin: .75rem 0 0; }
.notice { background: color-mix(in srgb, var(--brand) 14%, transparent); border-radius: .6rem; font-weight: 600; padding: .75rem 1rem; }
</style>
</head>
<body>
${page.body}
</body>
</html>
`
}
