import type { Language } from '../core.ts'
import { escapeHtml } from '../escape-html.ts'

/** One mail, ready to leave. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** What a mail says, before it has a form. Every text is plain: the layout escapes it. */
export interface MailContent {
  readonly language: Language
  readonly subject: string
  readonly greeting: string
  readonly paragraphs: readonly string[]
  /** The one thing to do, as a link. */
  readonly action?: { readonly label: string; readonly url: string }
  /** Who sends this, under the line at the end. */
  readonly footer: string
}

const styles = {
  body: 'margin:0;padding:24px;background:#fafaf9;color:#1c1917;font:16px/1.5 system-ui,sans-serif',
  card: 'max-width:520px;margin:0 auto;padding:24px;background:#fff;border:1px solid #e7e5e4;border-radius:10px',
  button:
    'display:inline-block;padding:10px 18px;border-radius:8px;background:#0f766e;color:#fff;text-decoration:none',
  small: 'color:#78716c;font-size:13px',
}

/** Gives a mail its form, as plain text and as simple HTML that needs no picture and no style sheet. */
export function layOutMail(to: string, content: MailContent): Mail {
  const subject = oneLine(content.subject)
  return { to, subject, text: toText(content), html: toHtml({ ...content, subject }) }
}

function toText({ greeting, paragraphs, action, footer }: MailContent): string {
  const link = action ? [`${action.label}:\n${action.url}`] : []
  return (
    [oneLine(greeting), ...paragraphs.map(oneLine), ...link, `-- \n${oneLine(footer)}`].join('\n\n') + '\n'
  )
}

function toHtml({ language, subject, greeting, paragraphs, action, footer }: MailContent): string {
  const lines = [greeting, ...paragraphs].map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')
  const link = action
    ? `\n<p><a href="${escapeHtml(action.url)}" style="${styles.button}">${escapeHtml(action.label)}</a></p>` +
      `\n<p style="${styles.small}">${escapeHtml(action.url)}</p>`
    : ''
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="${styles.body}"><div style="${styles.card}">
${lines}${link}
<p style="${styles.small}">${escapeHtml(footer)}</p>
</div></body></html>
`
}

/** Names come from people: a line break in one must not start a new header or a new paragraph. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}
