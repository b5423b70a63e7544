export interface Config {
  readonly port: number
}
export const config: Config = { port: 1 }
