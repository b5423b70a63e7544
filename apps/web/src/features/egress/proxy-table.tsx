import { egressOperations } from '@siar/contract'
import type { Proxy } from '@siar/contract'
import { Activity, PencilLine, Power, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { useFormat } from '#i18n/format.ts'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import { Table } from '#ui/table.tsx'
import type { Column } from '#ui/table.tsx'
import { RelativeTime } from '#ui/time.tsx'
import { toast } from '#ui/toast.ts'
import { ProxyState } from './proxy-state.tsx'
import { useProxyWords } from './proxy-words.ts'

export type ProxyTableProps = {
  rows: readonly Proxy[] | undefined
  mayManage: boolean
  onEdit: (proxy: Proxy) => void
  onRemove: (proxy: Proxy) => void
  empty: ReactNode
}

export function ProxyTable({ rows, empty, ...deeds }: ProxyTableProps) {
  const { t } = useTranslation('egress')
  const columns = [...useStateColumns(), ...useCostColumns(), ...useMenuColumn(deeds)]
  return (
    <Table
      label={t('title')}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      skeletonRows={4}
      empty={empty}
    />
  )
}

const none = <span className="text-subtle">–</span>

function useStateColumns(): Column<Proxy>[] {
  const { t } = useTranslation('egress')
  const words = useProxyWords()
  return [
    {
      id: 'name',
      header: t('columns.name'),
      primary: true,
      width: '18rem',
      cell: (proxy) => (
        <span className="flex min-w-0 flex-col">
          <span className="font-medium break-words">{proxy.name}</span>
          <span className="text-xs break-all text-subtle">
            {t(`classes.${proxy.class}`)} · {`${proxy.scheme}://${proxy.host}:${proxy.port}`}
          </span>
        </span>
      ),
    },
    {
      id: 'state',
      header: t('columns.state'),
      width: '15rem',
      cell: (proxy) => (
        <span className="flex flex-col items-start gap-1 max-sm:items-end">
          <ProxyState proxy={proxy} />
          <span className="text-xs text-subtle max-sm:text-right">
            {proxy.enabled && proxy.problem ? (
              words.problem(proxy.problem)
            ) : proxy.checkedAt ? (
              <RelativeTime at={proxy.checkedAt} />
            ) : (
              t('notChecked')
            )}
          </span>
        </span>
      ),
    },
    {
      id: 'place',
      header: t('columns.place'),
      from: 'md',
      cell: ({ country, exitCountry, location, exitAddress }) => {
        const code = country ?? exitCountry
        if (code === null && location === '' && exitAddress === null) return none
        return (
          <span className="flex flex-col">
            <span>{[location, code && words.country(code)].filter(Boolean).join(', ')}</span>
            {exitAddress && <span className="text-xs break-all text-subtle">{exitAddress}</span>}
          </span>
        )
      },
    },
    {
      id: 'latency',
      header: t('columns.latency'),
      numeric: true,
      from: 'lg',
      cell: ({ latencyMs }) => (latencyMs === null ? none : words.latency(latencyMs)),
    },
  ]
}

function useCostColumns(): Column<Proxy>[] {
  const { t } = useTranslation('egress')
  const format = useFormat()
  const words = useProxyWords()
  return [
    {
      id: 'success',
      header: t('columns.success'),
      numeric: true,
      from: 'xl',
      cell: ({ successRate }) => (successRate === null ? none : format.percent(successRate, 0)),
    },
    {
      id: 'senders',
      header: t('columns.senders'),
      numeric: true,
      cell: ({ senders }) =>
        senders.length === 0 ? (
          format.number(0)
        ) : (
          <span title={senders.map(({ name }) => name).join(', ')}>{format.number(senders.length)}</span>
        ),
    },
    {
      id: 'today',
      header: t('columns.today'),
      numeric: true,
      from: 'md',
      cell: ({ messagesToday }) => format.number(messagesToday),
    },
    {
      id: 'cost',
      header: t('columns.cost'),
      numeric: true,
      from: 'md',
      cell: ({ monthlyCost, costPerMessageMinor }) =>
        monthlyCost === null ? (
          none
        ) : (
          <span className="flex flex-col items-end">
            <span>{format.money(monthlyCost.amountMinor, monthlyCost.currency)}</span>
            {costPerMessageMinor !== null && (
              <span className="text-xs text-subtle" title={t('perMessageHow')}>
                {t('perMessage', { cost: words.each(costPerMessageMinor, monthlyCost.currency) })}
              </span>
            )}
          </span>
        ),
    },
  ]
}

type Deeds = Pick<ProxyTableProps, 'mayManage' | 'onEdit' | 'onRemove'>

function useMenuColumn({ mayManage, onEdit, onRemove }: Deeds): Column<Proxy>[] {
  const { t } = useTranslation('egress')
  const words = useProxyWords()
  const check = useAction(egressOperations.checkProxy, {
    invalidates: ['proxies.', 'egress.'],
    onSuccess: ({ name, problem, latencyMs }) => {
      if (problem !== null) toast.error(t('test.bad', { name }), { description: words.problem(problem) })
      else toast.success(t('test.good', { name, latency: words.latency(latencyMs ?? 0) }))
    },
  })
  const update = useAction(egressOperations.updateProxy, { invalidates: ['proxies.', 'egress.'] })
  if (!mayManage) return []
  const menu = (proxy: Proxy) => [
    {
      items: [
        {
          id: 'test',
          label: t('menu.test'),
          icon: <Activity aria-hidden />,
          onSelect: () => {
            toast.info(t('test.running', { name: proxy.name }))
            check.mutate({ params: { proxyId: proxy.id } })
          },
        },
        {
          id: 'edit',
          label: t('menu.edit'),
          icon: <PencilLine aria-hidden />,
          onSelect: () => onEdit(proxy),
        },
        {
          id: 'power',
          label: t(proxy.enabled ? 'menu.off' : 'menu.on'),
          icon: <Power aria-hidden />,
          onSelect: () => update.mutate({ params: { proxyId: proxy.id }, body: { enabled: !proxy.enabled } }),
        },
        {
          id: 'remove',
          label: t('menu.remove'),
          icon: <Trash2 aria-hidden />,
          danger: true,
          onSelect: () => onRemove(proxy),
        },
      ],
    },
  ]
  return [{ id: 'actions', header: '', menu: true, cell: (proxy) => <DropdownMenu groups={menu(proxy)} /> }]
}
