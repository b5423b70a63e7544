import type { ResponseOf, egressOperations } from '@siar/contract'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Notice } from '#ui/notice.tsx'

type Preview = ResponseOf<typeof egressOperations.previewList>
type Row = Preview['data'][number]

/** What a list holds: first what cannot be used and why, then what would be added. */
export function ListPreview({ preview }: { preview: Preview }) {
  const { t } = useTranslation('egress')
  const bad = preview.data.filter(({ problem }) => problem !== null)
  const good = preview.data.filter(({ problem }) => problem === null)
  return (
    <div className="flex flex-col gap-5">
      <Notice tone={preview.good === 0 ? 'warn' : 'success'} title={t('list.good', { count: preview.good })}>
        {preview.bad > 0 && t('list.bad', { count: preview.bad })}
      </Notice>
      {bad.length > 0 && <Rows title={t('list.badRows')} rows={bad} />}
      {good.length > 0 && <Rows title={t('list.goodRows')} rows={good} />}
    </div>
  )
}

function Rows({ title, rows }: { title: string; rows: readonly Row[] }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold">{title}</h3>
      <ol className="divide-y divide-line rounded-lg border border-line">
        {rows.map((row) => (
          <ListRow key={row.line} row={row} />
        ))}
      </ol>
    </section>
  )
}

function ListRow({ row: { line, proxy, problem } }: { row: Row }) {
  const { t } = useTranslation('egress')
  const Icon = problem === null ? CircleCheck : TriangleAlert
  return (
    <li className="flex items-start gap-3 px-3 py-2">
      <Icon
        aria-hidden
        className={problem === null ? 'mt-0.5 size-4 text-success-ink' : 'mt-0.5 size-4 text-warn-ink'}
      />
      <span className="min-w-0 flex-1">
        {proxy && (
          <span className="block font-mono text-xs break-all">
            {proxy.scheme}://{proxy.host}:{proxy.port}
          </span>
        )}
        <span className="block text-xs text-subtle">
          {problem === null
            ? [
                proxy?.username ? t('list.asUser', { name: proxy.username }) : t('list.noUser'),
                proxy?.country,
              ]
                .filter(Boolean)
                .join(' · ')
            : t(`list.problems.${problem}`)}
        </span>
      </span>
      <span className="text-xs whitespace-nowrap text-subtle">{t('list.line', { line })}</span>
    </li>
  )
}
