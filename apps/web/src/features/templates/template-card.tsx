import type { Template } from '@siar/contract'
import { Link, useNavigate } from '@tanstack/react-router'
import { Copy, Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '#app/viewer.ts'
import { languages } from '#i18n/language.ts'
import type { Language } from '#i18n/language.ts'
import { Badge } from '#ui/badge.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import type { MenuItem } from '#ui/dropdown-menu.tsx'
import { RelativeTime } from '#ui/time.tsx'
import { WhatsAppBubble } from '#ui/whatsapp-bubble.tsx'
import { examplePerson } from './editor/example-person.ts'
import { previewSamples } from './editor/message-preview.ts'
import { bubbleMedia } from './media/bubble-media.ts'

export type TemplateCardProps = { template: Template; language: Language; onRemove: () => void }

/** One template with its message as WhatsApp shows it, for the language of the page (else the one it has). */
export function TemplateCard({ template, language, onRemove }: TemplateCardProps) {
  const { t } = useTranslation('templates')
  const text = template.texts[language] || template.texts.id || template.texts.en || ''
  const names = template.variables.map((variable) => variable.name)
  const sample = previewSamples(text, names, examplePerson, 1)[0] ?? text
  return (
    <li className="group relative flex min-w-0 flex-col overflow-hidden rounded-lg border border-line bg-surface transition-colors hover:border-control">
      <div className="relative h-56 overflow-hidden bg-wa-paper px-4 pt-4 [&_img]:h-24" aria-hidden inert>
        <WhatsAppBubble
          text={sample}
          media={bubbleMedia(template.media, 'thumbnail')}
          footer={template.footer || undefined}
          ticks={null}
        />
        <div className="absolute inset-x-0 bottom-0 h-12 bg-linear-to-t from-wa-paper to-transparent" />
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-2 border-t border-line p-4">
        <div className="flex items-start justify-between gap-2">
          <h2 className="min-w-0 font-semibold">
            <Link
              to="/templates/$templateId"
              params={{ templateId: template.id }}
              className="line-clamp-2 after:absolute after:inset-0"
            >
              {template.name}
            </Link>
          </h2>
          <span className="relative z-10 -mt-1 -mr-2">
            <CardMenu template={template} onRemove={onRemove} />
          </span>
        </div>
        <div className="flex flex-wrap items-center gap-1.5">
          <Badge tone={template.purpose === 'marketing' ? 'accent' : 'info'}>
            {t(`categories.${template.category}`)}
          </Badge>
          {languages.map(
            (code) =>
              template.texts[code]?.trim() && (
                <Badge key={code} tone="outline">
                  <span className="uppercase">{code}</span>
                </Badge>
              ),
          )}
        </div>
        <p className="mt-auto flex flex-wrap justify-between gap-x-3 pt-1 text-xs text-subtle">
          <span>{template.campaigns > 0 ? t('usedBy', { count: template.campaigns }) : t('unused')}</span>
          <RelativeTime at={template.updatedAt} />
        </p>
      </div>
    </li>
  )
}

function CardMenu({ template, onRemove }: { template: Template; onRemove: () => void }) {
  const { t } = useTranslation('templates')
  const can = useCan()
  const navigate = useNavigate()
  const items: MenuItem[] = []
  if (can('templates.write')) {
    items.push(
      {
        id: 'edit',
        label: t('edit'),
        icon: <Pencil aria-hidden />,
        onSelect: () => void navigate({ to: '/templates/$templateId', params: { templateId: template.id } }),
      },
      {
        id: 'copy',
        label: t('duplicate'),
        icon: <Copy aria-hidden />,
        onSelect: () => void navigate({ to: '/templates/new', search: { from: template.id } }),
      },
    )
  }
  if (can('data.delete')) {
    items.push({
      id: 'remove',
      label: t('remove.action'),
      icon: <Trash2 aria-hidden />,
      danger: true,
      onSelect: onRemove,
    })
  }
  return items.length > 0 ? <DropdownMenu groups={[{ items }]} /> : null
}
