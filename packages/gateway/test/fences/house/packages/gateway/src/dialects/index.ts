// caught by: nothing
import { pay } from './pesaflow/pay.ts'

export const dialects = [pay]
