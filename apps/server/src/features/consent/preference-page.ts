import type { Language } from '../../core.ts'
import { escapeHtml } from '../../escape-html.ts'
import { renderPlainPage } from '../../http/plain-page.ts'
import { pageTexts, preferenceWording } from './preference-texts.ts'
import type { Preferences } from './preference.service.ts'

export type Notice = 'saved' | 'notTicked' | 'example'

export interface PreferencePageFacts extends Preferences {
  readonly notice: Notice | null
}

const otherLanguage = {
  id: { code: 'en', name: 'English' },
  en: { code: 'id', name: 'Bahasa Indonesia' },
} as const

/** The page as plain HTML: two forms that work without scripts. It shows nothing of the person. */
export function renderPreferencePage({
  workspaceName,
  language,
  state,
  notice,
}: PreferencePageFacts): string {
  const text = pageTexts[language]
  const name = escapeHtml(workspaceName)
  const other = otherLanguage[language]
  const form =
    state === 'closed' ? '' : state === 'stopped' ? comeBackForm(language, name) : stopForm(language)
  return renderPlainPage({
    language,
    title: text.title(name),
    body: `<nav><a href="?lang=${other.code}" lang="${other.code}" hreflang="${other.code}">${other.name}</a></nav>
<main>
<h1>${text.title(name)}</h1>
${notice ? `<p class="notice" role="status">${text[notice]}</p>` : ''}
<p>${text[state](name)}</p>
${form}
</main>`,
  })
}

function stopForm(language: Language): string {
  const text = pageTexts[language]
  return `<form method="post">
<input type="hidden" name="lang" value="${language}">
<button name="change" value="stop">${text.stop}</button>
<p class="small">${text.stopNote}</p>
</form>`
}

function comeBackForm(language: Language, name: string): string {
  const text = pageTexts[language]
  return `<form method="post">
<h2>${text.comeBackTitle}</h2>
<input type="hidden" name="lang" value="${language}">
<label><input type="checkbox" name="agree" value="yes" required> <span>${preferenceWording('come_back', language, name).text}</span></label>
<button class="quiet" name="change" value="come_back">${text.comeBack}</button>
</form>`
}

const bothLanguages = (id: readonly [string, string], en: readonly [string, string]): string =>
  renderPlainPage({
    language: 'id',
    title: `${id[0]} · ${en[0]}`,
    body: `<main>
<section><h1>${id[0]}</h1><p>${id[1]}</p></section>
<section lang="en"><h2>${en[0]}</h2><p>${en[1]}</p></section>
</main>`,
  })

export const unknownTokenPage = bothLanguages(
  [
    'Tautan tidak ditemukan',
    'Tautan ini tidak lengkap atau sudah tidak berlaku. Untuk berhenti, balas pesannya dengan kata BERHENTI.',
  ],
  [
    'Link not found',
    'This link is incomplete or no longer valid. To stop, answer the message with the word STOP.',
  ],
)

export const unavailablePreferencePage = bothLanguages(
  [
    'Coba lagi sebentar lagi',
    'Halaman ini sedang tidak dapat dibuka, dan pilihan Anda belum disimpan. Tunggu beberapa detik, lalu buka tautannya lagi.',
  ],
  [
    'Try again in a moment',
    'This page cannot be opened right now and your choice is not saved. Wait a few seconds and open the link again.',
  ],
)
