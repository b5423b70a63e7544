/** What became of a message, as people see it. The order is the order of every legend and stacked bar. */
export const statuses = [
  'replied',
  'read',
  'delivered',
  'sent',
  'queued',
  'skipped',
  'unknown',
  'failed',
] as const
export type Status = (typeof statuses)[number]

/** Classes per status: one meaning per colour, everywhere. `fill` is for bars and dots, `text` and `soft` for badges. */
export const statusStyle: Record<Status, { text: string; soft: string; fill: string; variable: string }> = {
  queued: {
    text: 'text-queued',
    soft: 'bg-queued-soft',
    fill: 'bg-queued-fill',
    variable: 'var(--status-queued-fill)',
  },
  sent: {
    text: 'text-sent',
    soft: 'bg-sent-soft',
    fill: 'bg-sent-fill',
    variable: 'var(--status-sent-fill)',
  },
  delivered: {
    text: 'text-delivered',
    soft: 'bg-delivered-soft',
    fill: 'bg-delivered-fill',
    variable: 'var(--status-delivered-fill)',
  },
  read: {
    text: 'text-read',
    soft: 'bg-read-soft',
    fill: 'bg-read-fill',
    variable: 'var(--status-read-fill)',
  },
  replied: {
    text: 'text-replied',
    soft: 'bg-replied-soft',
    fill: 'bg-replied-fill',
    variable: 'var(--status-replied-fill)',
  },
  skipped: {
    text: 'text-skipped',
    soft: 'border border-line-strong',
    fill: 'bg-skipped-fill',
    variable: 'var(--status-skipped-fill)',
  },
  failed: {
    text: 'text-failed',
    soft: 'bg-failed-soft',
    fill: 'bg-failed-fill',
    variable: 'var(--status-failed-fill)',
  },
  unknown: {
    text: 'text-unknown',
    soft: 'bg-unknown-soft',
    fill: 'bg-unknown-fill',
    variable: 'var(--status-unknown-fill)',
  },
}
