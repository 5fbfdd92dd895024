// caught by: nothing
import { fastify } from 'fastify'

export type Reply = { readonly status: number; readonly body: string }
export const server = fastify
