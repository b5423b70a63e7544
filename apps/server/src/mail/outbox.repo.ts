import type { SystemScope } from '@siar/database'
import type { Mail } from './mail-layout.ts'

export interface OutboxRow extends Mail {
  readonly id: string
  readonly createdAt: Date
}

const columns = 'id, to_address as "to", subject, text, html, created_at as "createdAt"'

export async function insertMail(scope: SystemScope, id: string, mail: Mail, createdAt: Date): Promise<void> {
  await scope.execute(
    'insert into outbox_mails (id, to_address, subject, text, html, created_at) values ($1, $2, $3, $4, $5, $6)',
    [id, mail.to, mail.subject, mail.text, mail.html, createdAt],
  )
}

export async function findMail(scope: SystemScope, id: string): Promise<OutboxRow | null> {
  const [row] = await scope.query<OutboxRow>(`select ${columns} from outbox_mails where id = $1`, [id])
  return row ?? null
}

/** Newest first; `before` are the sort keys of the last row seen. */
export async function listMails(
  scope: SystemScope,
  page: { readonly before: { readonly at: Date; readonly id: string } | null; readonly limit: number },
): Promise<OutboxRow[]> {
  return scope.query<OutboxRow>(
    `select ${columns} from outbox_mails
     where $1::timestamptz is null or (created_at, id) < ($1, $2)
     order by created_at desc, id desc limit $3`,
    [page.before?.at ?? null, page.before?.id ?? null, page.limit],
  )
}

export async function listMailIdsBetween(scope: SystemScope, from: Date, to: Date): Promise<string[]> {
  const rows = await scope.query<{ id: string }>(
    'select id from outbox_mails where created_at >= $1 and created_at < $2 order by created_at limit 500',
    [from, to],
  )
  return rows.map((row) => row.id)
}

export async function deleteMail(scope: SystemScope, id: string): Promise<void> {
  await scope.execute('delete from outbox_mails where id = $1', [id])
}

export async function deleteMailsBefore(scope: SystemScope, before: Date): Promise<number> {
  return scope.execute('delete from outbox_mails where created_at < $1', [before])
}
