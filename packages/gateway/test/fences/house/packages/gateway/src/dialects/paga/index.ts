// caught by: rooms siblings-do-not-meet
import { pay } from '../pesaflow/pay.ts'

export const paga = pay
