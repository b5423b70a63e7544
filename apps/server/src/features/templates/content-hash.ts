import type { ApprovalText } from '@siar/domain'
import { createHash } from 'node:crypto'

/** Names what Meta saw of a text: equal only for the same kind of header, body and footer. */
export function contentHashOf({
  header,
  body,
  footer,
}: Pick<ApprovalText, 'header' | 'body' | 'footer'>): string {
  return createHash('sha256')
    .update(JSON.stringify([header, body, footer]))
    .digest('hex')
    .slice(0, 32)
}
