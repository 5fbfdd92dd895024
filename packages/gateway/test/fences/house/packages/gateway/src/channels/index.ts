// caught by: nothing
import { airtel } from './airtel.ts'

export const channels = [airtel]
