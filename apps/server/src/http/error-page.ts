import { errorTable } from '@siar/domain'
import { escapeHtml } from '../escape-html.ts'

/** The page behind the `type` of a problem: every code with its status and its text in both languages. */
export function renderErrorPage(): string {
  const rows = Object.entries(errorTable)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([code, { status, id, en }]) =>
        `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td lang="id">${escapeHtml(id)}</td><td lang="en">${escapeHtml(en)}</td></tr>`,
    )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Error codes · Siar API</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8884; padding: 0.5rem; text-align: left; vertical-align: top; }
tr:target { background: #f5c51833; }
</style>
</head>
<body>
<h1>Error codes</h1>
<p>An error answers as <code>application/problem+json</code> with a stable <code>code</code>, a <code>title</code> in the language asked
for and a <code>requestId</code>. <a href="/docs">Back to the API</a></p>
<table>
<thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Bahasa Indonesia</th><th scope="col">English</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</body>
</html>
`
}
