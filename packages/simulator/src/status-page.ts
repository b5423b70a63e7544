import type { NetworkCounts } from './control.ts'

const labels: Readonly<Record<keyof NetworkCounts, string>> = {
  senders: 'Senders known',
  online: 'Senders online',
  frames: 'Frames received',
  shown: 'Messages shown to people',
  repeated: 'Repeated ids, not shown again',
  staleSends: 'Calls through a replaced session',
  replacedSessions: 'Sessions replaced by another',
  delivered: 'Delivered',
  read: 'Read',
  replies: 'Replies',
  optOuts: 'Opt-outs',
  blocks: 'Blocks',
  typing: 'Times "typing" was shown',
  markedRead: 'Messages of people marked as read',
}

/** A page for people: what happened so far. */
export function renderStatusPage(counts: NetworkCounts): string {
  const rows = Object.entries(labels)
    .map(
      ([key, label]) =>
        `<tr><th scope="row">${label}</th><td>${counts[key as keyof NetworkCounts]}</td></tr>`,
    )
    .join('')
  return (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2">' +
    '<meta name="viewport" content="width=device-width"><title>Simulated WhatsApp</title>' +
    '<style>body{font:16px system-ui;margin:2rem}th{text-align:left;padding-right:2rem}td{text-align:right}</style>' +
    `<h1>Simulated WhatsApp</h1><table>${rows}</table><p><a href="/frames?limit=200">Newest frames</a></p></html>`
  )
}
