import { adminOperations } from '@siar/contract'
import { SearchX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCursorPages } from '#app/cursor-pages.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useViewer } from '#app/viewer.ts'
import { Avatar } from '#ui/avatar.tsx'
import { Badge } from '#ui/badge.tsx'
import { CursorPager } from '#ui/cursor-pager.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { SearchInput } from '#ui/input.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Table } from '#ui/table.tsx'
import { DateTime, Figure } from '#ui/time.tsx'
import { useTypedText, useUrlState } from '#ui/url-state.ts'
import { UserChange } from './user-change.tsx'
import type { PlannedChange } from './user-change.tsx'
import { UserMenu } from './user-menu.tsx'
import type { UserRow } from './user-row.ts'

const pageRows = 50

/** Everybody with an account on this installation. */
export function UsersPage() {
  const { t } = useTranslation('admin')
  const [url, setUrl] = useUrlState({ search: '' })
  const pages = useCursorPages()
  const [search, setSearch] = useTypedText(url.search, (value) => {
    setUrl({ search: value })
    pages.reset()
  })
  const [planned, setPlanned] = useState<PlannedChange | null>(null)
  const users = useOperation(
    adminOperations.listUsers,
    { query: { ...(url.search ? { search: url.search } : {}), cursor: pages.cursor, limit: pageRows } },
    { keepPrevious: true },
  )
  const page = users.data && { count: users.data.data.length, nextCursor: users.data.nextCursor }
  return (
    <Page>
      <PageHeader title={t('users.title')} text={t('users.text')} />
      <SearchInput value={search} onValueChange={setSearch} label={t('users.search')} />
      {users.error ? (
        <ProblemState error={users.error} onRetry={() => void users.refetch()} />
      ) : (
        <>
          <UserTable rows={users.data?.data} search={url.search} onPlan={setPlanned} />
          <CursorPager {...pages.pager(page, pageRows)} />
        </>
      )}
      <UserChange planned={planned} onClose={() => setPlanned(null)} />
    </Page>
  )
}

type UserTableProps = {
  rows: readonly UserRow[] | undefined
  search: string
  onPlan: (planned: PlannedChange) => void
}

function UserTable({ rows, search, onPlan }: UserTableProps) {
  const { t } = useTranslation('admin')
  const { me } = useViewer()
  return (
    <Table
      label={t('users.title')}
      rows={rows}
      rowKey={(user) => user.id}
      empty={
        <EmptyState
          icon={SearchX}
          title={t('users.noneTitle')}
          text={t('users.noneText', { query: search })}
        />
      }
      columns={[
        {
          id: 'name',
          header: t('users.name'),
          primary: true,
          cell: (user) => <UserName user={user} isMe={user.id === me.id} />,
        },
        { id: 'state', header: t('users.state'), width: '14rem', cell: (user) => <UserState user={user} /> },
        {
          id: 'workspaces',
          header: t('users.workspaces'),
          numeric: true,
          width: '8rem',
          cell: (user) => <Figure value={user.workspaces} />,
        },
        {
          id: 'since',
          header: t('users.since'),
          width: '9rem',
          from: 'lg',
          cell: (user) => <DateTime at={user.createdAt} show="date" />,
        },
        {
          id: 'actions',
          header: '',
          menu: true,
          cell: (user) => user.id !== me.id && <UserMenu user={user} onPlan={onPlan} />,
        },
      ]}
    />
  )
}

function UserName({ user, isMe }: { user: UserRow; isMe: boolean }) {
  const { t } = useTranslation('admin')
  return (
    <span className="flex min-w-0 items-center gap-3 py-1">
      <Avatar name={user.name} />
      <span className="min-w-0">
        <span className="flex items-center gap-2 font-medium">
          <span className="truncate">{user.name}</span>
          {isMe && <Badge>{t('users.you')}</Badge>}
        </span>
        <span className="block text-xs font-normal break-all text-subtle">{user.email}</span>
      </span>
    </span>
  )
}

function UserState({ user }: { user: UserRow }) {
  const { t } = useTranslation('admin')
  return (
    <span className="flex flex-wrap gap-1 max-sm:justify-end">
      {user.isPlatformAdmin && <Badge tone="accent">{t('users.isAdmin')}</Badge>}
      {!user.active && <Badge tone="danger">{t('users.inactive')}</Badge>}
      {user.active && !user.emailVerified && <Badge tone="warn">{t('users.unverified')}</Badge>}
      {user.active && user.emailVerified && !user.isPlatformAdmin && (
        <Badge tone="outline">{t('users.active')}</Badge>
      )}
    </span>
  )
}
