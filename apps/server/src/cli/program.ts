import { Command } from 'commander'
import { addAdmin } from './admin.ts'
import { addBroadcast } from './broadcast.ts'
import { addDemo } from './demo.ts'
import { addDoctor } from './doctor.ts'
import { addMigrate } from './migrate.ts'
import { addReseal } from './reseal.ts'
import { addSimulator } from './simulator.ts'
import { addStart } from './start.ts'

/** All commands of `siar`, each in a file of its own name. What was typed wrongly is printed and thrown as CommanderError. */
export function createProgram(): Command {
  const program = new Command('siar')
    .description('Self-hosted WhatsApp marketing: the right person, once, when they agreed to it.')
    .showHelpAfterError('(siar --help lists the commands)')
    .exitOverride()
  addStart(program)
  addBroadcast(program)
  addMigrate(program)
  addDemo(program)
  addAdmin(program)
  addDoctor(program)
  addReseal(program)
  addSimulator(program)
  return program
}
