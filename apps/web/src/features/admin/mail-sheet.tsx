import type { OutboxMail } from '@siar/contract'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { CopyField } from '#ui/copy-field.tsx'
import { Facts } from '#ui/facts.tsx'
import { Sheet } from '#ui/sheet.tsx'
import { DateTime } from '#ui/time.tsx'
import { findLinks } from './mail-links.ts'

type Mail = z.output<typeof OutboxMail>

/** One mail as its reader would see it, shut in a frame that may run, load and open nothing; its links are beside it to copy. */
export function MailSheet({ mail, onClose }: { mail: Mail | null; onClose: () => void }) {
  const { t } = useTranslation('admin')
  if (!mail) return null
  const links = findLinks(mail.text)
  return (
    <Sheet open onOpenChange={onClose} width="lg" title={mail.subject} text={t('outbox.sheetText')}>
      <div className="flex flex-col gap-6">
        <Facts
          facts={[
            { label: t('outbox.to'), value: mail.to },
            { label: t('outbox.at'), value: <DateTime at={mail.createdAt} /> },
          ]}
        />
        {links.length > 0 && (
          <section className="flex flex-col gap-2">
            <h3 className="text-xs font-semibold text-subtle">
              {t('outbox.links', { count: links.length })}
            </h3>
            {links.map((link) => (
              <CopyField key={link} value={link} label={t('outbox.link')} />
            ))}
          </section>
        )}
        <iframe
          title={mail.subject}
          sandbox=""
          referrerPolicy="no-referrer"
          srcDoc={mail.html}
          className="h-112 w-full rounded-lg border border-line bg-[#fff]"
        />
      </div>
    </Sheet>
  )
}
