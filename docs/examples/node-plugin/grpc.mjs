// gRPC with one message each way, on the HTTP/2 that comes with Node.js.

import http2 from 'node:http2';

import { decode, encode } from './protobuf.mjs';

export const OK = 0, CANCELLED = 1, INVALID_ARGUMENT = 3, DEADLINE_EXCEEDED = 4, UNIMPLEMENTED = 12, INTERNAL = 13;
const LARGEST_BYTES = 100 * 1024 * 1024;
const UNITS_MS = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

// Serves methods { 'service/Method': [request table, response table, async (request, signal) => response] }.
export function serve(methods) {
  const server = http2.createServer({ settings: { maxConcurrentStreams: 1024 } });
  server.on('stream', (stream, headers) => {
    const method = methods[headers[':path'].slice(1)];
    const parts = [];
    let size = 0;
    stream.on('error', () => {}); // the caller went away; 'close' follows
    stream.on('data', (part) => {
      size += part.length;
      if (size > LARGEST_BYTES + 5) stream.close(http2.constants.NGHTTP2_ENHANCE_YOUR_CALM);
      else parts.push(part);
    });
    stream.on('end', () => {
      if (!method) refuse(stream, UNIMPLEMENTED, `${headers[':path']} is not served`);
      else answer(stream, headers, method, Buffer.concat(parts));
    });
  });
  return server;
}

async function answer(stream, headers, [asked, answered, run], body) {
  const gone = new AbortController();
  const timer = deadline(headers['grpc-timeout'], () => gone.abort(new Refusal(DEADLINE_EXCEEDED, 'the time is over')));
  stream.on('close', () => gone.abort(new Refusal(CANCELLED, 'the caller went away')));
  try {
    const response = await run(decode(asked, unframed(body)), gone.signal);
    if (stream.destroyed) return;
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(OK) }));
    stream.end(framed(encode(answered, response)));
  } catch (error) {
    refuse(stream, error.status ?? INTERNAL, error.message);
  } finally {
    clearTimeout(timer);
  }
}

function refuse(stream, status, message) {
  if (stream.destroyed || stream.headersSent) return;
  const headers = { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': String(status) };
  stream.respond({ ...headers, 'grpc-message': encodeURIComponent(message) }, { endStream: true });
}

function deadline(text, then) {
  const read = /^(\d{1,8})([HMSmun])$/.exec(text ?? '');
  return read ? setTimeout(then, Math.min(Number(read[1]) * UNITS_MS[read[2]], 2 ** 31 - 1)) : undefined;
}

// Calls methods of a service at host:port; one connection, made with the first call.
export class Client {
  constructor(address) {
    this.address = address;
  }

  call(path, [asked, answered], request, timeoutMs = 60_000) {
    if (!this.session || this.session.closed || this.session.destroyed) {
      this.session = http2.connect(`http://${this.address}`);
      this.session.on('error', () => {}); // each call says so itself
      this.session.unref();
    }
    const stream = this.session.request({
      ':method': 'POST', ':path': `/${path}`, 'content-type': 'application/grpc', te: 'trailers', 'grpc-timeout': `${timeoutMs}m`,
    });
    stream.end(framed(encode(asked, request)));
    return new Promise((resolve, reject) => {
      const parts = [];
      let status, message;
      const take = (headers) => {
        status = headers['grpc-status'] ?? status;
        message = headers['grpc-message'] ?? message;
      };
      stream.setTimeout(timeoutMs, () => stream.close(http2.constants.NGHTTP2_CANCEL));
      stream.on('response', take);
      stream.on('trailers', take);
      stream.on('data', (part) => parts.push(part));
      stream.on('error', reject);
      stream.on('close', () => {
        if (status === String(OK)) resolve(decode(answered, unframed(Buffer.concat(parts))));
        else reject(new Error(`${path}: ${message ? decodeURIComponent(message) : 'no answer'}`));
      });
    });
  }

  close() {
    this.session?.close();
  }
}

// A message goes behind five bytes: whether it is compressed, and how long it is.
function framed(message) {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function unframed(body) {
  if (body.length < 5 || body[0] !== 0 || body.readUInt32BE(1) !== body.length - 5) {
    throw new Refusal(INVALID_ARGUMENT, 'one uncompressed message was expected');
  }
  return body.subarray(5);
}
