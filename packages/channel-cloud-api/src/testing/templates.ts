import type { TemplateSubmission } from '@siar/channel'

export function templateOf(name: string, more: Partial<TemplateSubmission> = {}): TemplateSubmission {
  return {
    name,
    language: 'id',
    category: 'MARKETING',
    header: { kind: 'none' },
    body: 'Promo hari ini',
    examples: [],
    footer: 'Balas BERHENTI untuk berhenti',
    buttons: [
      { kind: 'quick_reply', text: 'Mau' },
      { kind: 'url', text: 'Belanja', url: 'https://toko.example/{{1}}', example: 'https://toko.example/a' },
      { kind: 'phone', text: 'Telepon', phone: '+6281200000009' },
    ],
    ...more,
  }
}
