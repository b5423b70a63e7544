import type { UnknownMessage } from '@siar/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { phoneText } from '#features/contacts/phone-text.ts'
import { Button } from '#ui/button.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import { Table } from '#ui/table.tsx'
import type { Column } from '#ui/table.tsx'
import { RelativeTime } from '#ui/time.tsx'
import { decisionIcons, decisions } from './decision.ts'
import type { Decision } from './decision.ts'

export type UnknownTableProps = {
  rows: readonly UnknownMessage[] | undefined
  selection: ReadonlySet<string>
  onSelectionChange: (selection: Set<string>) => void
  openId: string | null
  onOpen: (message: UnknownMessage) => void
  mayDecide: boolean
  onDecide: (ids: readonly string[], decision: Decision) => void
  empty: ReactNode
  /** Leaves the column of campaigns out: all are of the same one. */
  oneCampaign: boolean
}

/** The messages nobody is sure of: whom, what, from where and since when. */
export function UnknownTable(props: UnknownTableProps) {
  const { t } = useTranslation('unknown-messages')
  const { rows, selection, mayDecide, onDecide } = props
  const columns = useUnknownColumns(props)
  return (
    <Table
      label={t('title')}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      rowName={({ contactName, address }) => contactName || phoneText(address)}
      onOpen={props.onOpen}
      activeKey={props.openId}
      empty={props.empty}
      skeletonRows={4}
      {...(mayDecide && {
        selection,
        onSelectionChange: props.onSelectionChange,
        bulk: decisions.map((decision) => {
          const Icon = decisionIcons[decision]
          return (
            <Button
              key={decision}
              size="sm"
              icon={<Icon aria-hidden />}
              onClick={() => onDecide([...selection], decision)}
            >
              {t(`decisions.${decision}`)}
            </Button>
          )
        }),
      })}
    />
  )
}

function useUnknownColumns({
  mayDecide,
  onDecide,
  oneCampaign,
}: UnknownTableProps): Column<UnknownMessage>[] {
  const { t } = useTranslation('unknown-messages')
  const menu: Column<UnknownMessage> = {
    id: 'actions',
    header: '',
    menu: true,
    cell: ({ id }) => (
      <DropdownMenu
        groups={[
          {
            items: decisions.map((decision) => {
              const Icon = decisionIcons[decision]
              return {
                id: decision,
                label: t(`decisions.${decision}`),
                icon: <Icon aria-hidden />,
                onSelect: () => onDecide([id], decision),
              }
            }),
          },
        ]}
      />
    ),
  }
  const campaign: Column<UnknownMessage> = {
    id: 'campaign',
    header: t('columns.campaign'),
    from: 'lg',
    cell: ({ campaignName }) => <span className="line-clamp-2 text-muted">{campaignName}</span>,
  }
  return [
    {
      id: 'person',
      header: t('columns.person'),
      primary: true,
      width: '22%',
      cell: ({ contactName, address }) => (
        <span className="block min-w-0 py-1.5">
          <span className="block break-words sm:truncate">{contactName || phoneText(address)}</span>
          <span className="block text-xs font-normal text-muted tabular-nums">{phoneText(address)}</span>
        </span>
      ),
    },
    {
      id: 'text',
      header: t('columns.text'),
      width: '32%',
      cell: ({ text }) => (
        <span className="line-clamp-2 min-w-0 break-words text-muted max-sm:text-left">{text}</span>
      ),
    },
    ...(oneCampaign ? [] : [campaign]),
    {
      id: 'sender',
      header: t('columns.sender'),
      cell: ({ senderName }) => (
        <span className="line-clamp-2 text-muted">{senderName ?? t('noSender')}</span>
      ),
    },
    {
      id: 'at',
      header: t('columns.at'),
      width: '9rem',
      from: 'md',
      cell: ({ dispatchedAt }) =>
        dispatchedAt === null ? (
          <span className="text-subtle">–</span>
        ) : (
          <span className="whitespace-nowrap text-muted">
            <RelativeTime at={dispatchedAt} />
          </span>
        ),
    },
    ...(mayDecide ? [menu] : []),
  ]
}
