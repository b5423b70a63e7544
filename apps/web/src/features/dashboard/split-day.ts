export type DayFigures = { sent: number; delivered: number; read: number; replied: number; failed: number }

/** Counts each message of a day once, by how far it got, so that the parts can be stacked. */
export function splitDay({ sent, delivered, read, replied, failed }: DayFigures): DayFigures {
  return {
    replied,
    read: Math.max(0, read - replied),
    delivered: Math.max(0, delivered - read),
    sent: Math.max(0, sent - delivered),
    failed,
  }
}
