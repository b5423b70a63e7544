import { renderPlainPage } from '../../http/plain-page.ts'

/** Pages a visitor sees when a link leads nowhere. In both languages: a visitor has no settings here. */

interface PageText {
  readonly title: string
  readonly text: string
}

function renderPage(id: PageText, en: PageText): string {
  return renderPlainPage({
    language: 'id',
    title: `${id.title} · ${en.title}`,
    body: `<main>
<section><h1>${id.title}</h1><p>${id.text}</p></section>
<section lang="en"><h2>${en.title}</h2><p>${en.text}</p></section>
</main>`,
  })
}

export const notFoundPage = renderPage(
  {
    title: 'Tautan tidak ditemukan',
    text: 'Tautan ini salah ketik, sudah dihapus, atau tidak berlaku lagi. Coba ketuk lagi langsung dari pesan, atau balas pesannya untuk bertanya.',
  },
  {
    title: 'Link not found',
    text: 'This link has a typing error, was removed, or is no longer valid. Try tapping it in the message itself, or answer the message to ask.',
  },
)

export const examplePage = renderPage(
  {
    title: 'Ini tautan contoh',
    text: 'Pesan ini hanya percobaan. Di pesan kampanye yang sebenarnya, tautan di sini membuka halaman Anda dan kliknya dihitung.',
  },
  {
    title: 'This is an example link',
    text: 'That message was a test. In the real campaign message the link in this place opens your page and its clicks are counted.',
  },
)

export const unavailablePage = renderPage(
  {
    title: 'Coba lagi sebentar lagi',
    text: 'Halaman ini sedang tidak dapat dibuka. Tunggu beberapa detik, lalu ketuk tautannya lagi.',
  },
  {
    title: 'Try again in a moment',
    text: 'This page cannot be opened right now. Wait a few seconds and tap the link again.',
  },
)
