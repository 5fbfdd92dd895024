// caught by: rooms examples-brings-only-its-libraries
import { fastify } from 'fastify'

export const server = fastify
