export { acquaintancesOf, type Acquaintances, type SimulatedGroup } from './acquaintances.ts'
export type {
  GivenPerson,
  IncomingOptions,
  NetworkCounts,
  OpenRule,
  ScanResult,
  SenderKind,
  SenderView,
  SimulatorControl,
} from './control.ts'
export type { FailureRule, SendEnd } from './failure-rule.ts'
export { createFileRecord, readFrames } from './frame-file.ts'
export { hiddenIdOf, phoneOfHiddenId } from './hidden-id.ts'
export { createMemoryRecord, type Frame, type FrameQuery, type FrameRecord } from './frame-record.ts'
export {
  createSimulatedNetwork,
  type NetworkClock,
  type NetworkSession,
  type SenderStatus,
  type SimulatedNetwork,
} from './network.ts'
export type { NetworkMessage } from './network-message.ts'
export type { NetworkOptions, SimulatedSender } from './network-state.ts'
export { defaultShares, ownNumberOf, personOf, type PeopleShares, type Person } from './person.ts'
export { createSimulator, realSchedule, type Simulator } from './simulator-channel.ts'
export type { SimulatorSettings } from './simulator-settings.ts'
export type { WindowState } from './windows.ts'
export * from './graph-api/index.ts'
export { createRemoteSimulator } from './remote-simulator.ts'
export {
  createSimulatorServer,
  type SimulatorServer,
  type SimulatorServerOptions,
} from './simulator-server.ts'
export { createWahaServer, type WahaServer, type WahaServerOptions } from './waha/waha-server.ts'
export type { WahaBehaviour, WahaEngine } from './waha/waha-options.ts'
export type { WebPageControl } from './web-page/page-control.ts'
export type { StreamInfo, StreamMode } from './web-page/page-protocol.ts'
export {
  createWebPageServer,
  type WebPageServer,
  type WebPageServerOptions,
} from './web-page/web-page-server.ts'
export { graphApiStandIn, wahaStandIn, webPageStandIn } from './workbench/own-stand-ins.ts'
export { startStandIns, type StandIn, type StandInWorld, type StartStandIn } from './workbench/stand-in.ts'
