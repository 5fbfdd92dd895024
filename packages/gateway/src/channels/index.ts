import type { Channel } from '../core/attempt/channel.ts'
import { bank } from './bank.ts'
import { mpesa } from './mpesa.ts'

/** Every way to be paid. */
export const channels: readonly Channel[] = [mpesa, bank]
