import { adminOperations } from '@siar/contract'
import { MailCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCursorPages } from '#app/cursor-pages.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { CursorPager } from '#ui/cursor-pager.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Table } from '#ui/table.tsx'
import { RelativeTime } from '#ui/time.tsx'
import { useUrlState } from '#ui/url-state.ts'
import { MailSheet } from './mail-sheet.tsx'

const pageRows = 50

/** Mails kept on this machine while no SMTP server is configured, so that their links can be handed over by hand. */
export function OutboxPage() {
  const { t } = useTranslation('admin')
  const pages = useCursorPages()
  const [url, setUrl] = useUrlState({ mail: '' })
  const outbox = useOperation(
    adminOperations.listOutbox,
    { query: { cursor: pages.cursor, limit: pageRows } },
    { keepPrevious: true, refetchMs: 30_000 },
  )
  const page = outbox.data && { count: outbox.data.data.length, nextCursor: outbox.data.nextCursor }
  const open = outbox.data?.data.find(({ id }) => id === url.mail) ?? null
  return (
    <Page>
      <PageHeader title={t('outbox.title')} text={t('outbox.text')} />
      {outbox.error ? (
        <ProblemState error={outbox.error} onRetry={() => void outbox.refetch()} />
      ) : (
        <>
          <Table
            label={t('outbox.title')}
            rows={outbox.data?.data}
            rowKey={(mail) => mail.id}
            onOpen={(mail) => setUrl({ mail: mail.id })}
            activeKey={url.mail || null}
            empty={<EmptyState icon={MailCheck} title={t('outbox.noneTitle')} text={t('outbox.noneText')} />}
            columns={[
              { id: 'subject', header: t('outbox.subject'), primary: true, cell: (mail) => mail.subject },
              {
                id: 'to',
                header: t('outbox.to'),
                width: '18rem',
                cell: (mail) => <span className="break-all text-muted">{mail.to}</span>,
              },
              {
                id: 'at',
                header: t('outbox.at'),
                width: '10rem',
                cell: (mail) => (
                  <span className="text-muted">
                    <RelativeTime at={mail.createdAt} />
                  </span>
                ),
              },
            ]}
          />
          <CursorPager {...pages.pager(page, pageRows)} />
        </>
      )}
      <MailSheet mail={open} onClose={() => setUrl({ mail: '' })} />
    </Page>
  )
}
