import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'

/** Scripts of the page by name; anything else is not there. */
const scripts: ReadonlySet<string> = new Set([
  'main',
  'emitter',
  'identity',
  'device-key',
  'page-state',
  'server-link',
  'conn-functions',
  'chat-functions',
  'directory-functions',
])

/** A policy as strict as WhatsApp Web's own: only scripts with this answer's nonce, and the modules they import, run. */
export function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export function renderDocument(nonce: string): string {
  return (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>WhatsApp Web (stand-in)</title>' +
    '<h1>WhatsApp Web (stand-in)</h1><img src="/avatar.png" alt="" width="1" height="1">' +
    `<script type="module" nonce="${nonce}" src="/page/main.ts"></script></html>`
  )
}

const cached = new Map<string, string>()

/** @returns one script of the page as browsers run it, or null when there is none of this name. */
export async function readScript(name: string): Promise<string | null> {
  if (!scripts.has(name)) return null
  const known = cached.get(name)
  if (known !== undefined) return known
  const source = await readFile(new URL(`./page/${name}.ts`, import.meta.url), 'utf8')
  const script = stripTypeScriptTypes(source)
  cached.set(name, script)
  return script
}
