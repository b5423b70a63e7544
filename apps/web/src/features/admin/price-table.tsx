import type { ExchangeRate, Price } from '@siar/contract'
import { Coins, PencilLine, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { Badge } from '#ui/badge.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Table } from '#ui/table.tsx'
import type { Column } from '#ui/table.tsx'
import { datedPrices, idrOf } from './price-amounts.ts'
import type { DatedPrice } from './price-amounts.ts'
import { usePriceWords } from './price-words.ts'
import { rateOn } from './rate-on.ts'

export type PriceTableProps = {
  prices: readonly Price[] | undefined
  rates: readonly ExchangeRate[]
  onChange: (price: Price) => void
  onRemove: (price: Price) => void
}

/** Prices by country, category and day; the one that counts today is marked. */
export function PriceTable(props: PriceTableProps) {
  const { t } = useTranslation('admin')
  const words = usePriceWords()
  const [today] = useState(() => words.today(new Date()))
  const columns = usePriceColumns(props, rateOn(props.rates, today)?.idrPerUsd ?? null)
  return (
    <Table
      label={t('prices.title')}
      columns={columns}
      rows={props.prices && datedPrices(props.prices, today)}
      rowKey={({ country, category, effectiveFrom }) => `${country} ${category} ${effectiveFrom}`}
      skeletonRows={4}
      empty={<EmptyState icon={Coins} title={t('prices.noneTitle')} text={t('prices.noneText')} />}
    />
  )
}

function usePriceColumns(
  { onChange, onRemove }: PriceTableProps,
  idrPerUsd: number | null,
): Column<DatedPrice>[] {
  const { t } = useTranslation('admin')
  const format = useFormat()
  const words = usePriceWords()
  return [
    {
      id: 'country',
      header: t('prices.country'),
      primary: true,
      cell: (price) => (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {words.country(price.country)}
          {price.state === 'now' && <Badge tone="success">{t('prices.now')}</Badge>}
          {price.state === 'later' && <Badge tone="info">{t('prices.later')}</Badge>}
          {price.state === 'over' && <Badge tone="outline">{t('prices.over')}</Badge>}
        </span>
      ),
    },
    {
      id: 'category',
      header: t('prices.category'),
      width: '10rem',
      cell: ({ category }) => t(`prices.categories.${category}`),
    },
    {
      id: 'from',
      header: t('prices.from'),
      width: '9rem',
      cell: ({ effectiveFrom }) => format.calendarDate(effectiveFrom),
    },
    {
      id: 'usd',
      header: t('prices.each'),
      numeric: true,
      width: '9rem',
      cell: ({ usdMicros }) => words.usd(usdMicros),
    },
    {
      id: 'idr',
      header: t('prices.inRupiah'),
      numeric: true,
      width: '8rem',
      from: 'md',
      cell: ({ usdMicros }) =>
        idrPerUsd === null ? (
          <span className="text-subtle">–</span>
        ) : (
          format.money(idrOf(usdMicros, idrPerUsd), 'IDR')
        ),
    },
    {
      id: 'actions',
      header: '',
      menu: true,
      cell: (price) => (
        <DropdownMenu
          groups={[
            {
              items: [
                {
                  id: 'change',
                  label: t('prices.change'),
                  icon: <PencilLine aria-hidden />,
                  onSelect: () => onChange(price),
                },
                {
                  id: 'remove',
                  label: t('prices.remove'),
                  icon: <Trash2 aria-hidden />,
                  danger: true,
                  onSelect: () => onRemove(price),
                },
              ],
            },
          ]}
        />
      ),
    },
  ]
}
