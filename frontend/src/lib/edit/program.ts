// One graphics context with our program in it. Draws what it is told into its canvas; knows no recipe.

import type { Sampling } from './crop.ts';
import { FRAGMENT, VERTEX } from './shaders.ts';
import { STEPS, type Tone } from './tone.ts';

export type Surface = OffscreenCanvas | HTMLCanvasElement;

/** This browser, or this machine, cannot do it. */
export class NoGraphics extends Error {}

export interface Drawing {
	width: number;
	height: number;
	sampling: Sampling;
	/** Where the tile lies in the whole: left, top, width, height in shares. */
	within: [number, number, number, number];
	/** The whole in cells of grain. */
	shape: [number, number];
	/** One pixel of the source, in shares of the texture. */
	texel: [number, number];
}

const FORGETFUL: WebGLContextAttributes = { alpha: true, antialias: false, depth: false, stencil: false, premultipliedAlpha: false, preserveDrawingBuffer: false, powerPreference: 'high-performance' };

export class Program {
	readonly most: number;
	readonly #gl: WebGL2RenderingContext;
	readonly #program: WebGLProgram;
	readonly #places = new Map<string, WebGLUniformLocation | null>();

	constructor(
		readonly surface: Surface,
		wide: boolean
	) {
		const gl = surface.getContext('webgl2', FORGETFUL) as WebGL2RenderingContext | null;
		if (!gl) throw new NoGraphics('no WebGL 2');
		this.#gl = gl;
		this.most = Math.min(gl.getParameter(gl.MAX_TEXTURE_SIZE) as number, 8_192);
		if (wide && 'drawingBufferColorSpace' in gl) {
			gl.drawingBufferColorSpace = 'display-p3';
			gl.unpackColorSpace = 'display-p3';
		}
		this.#program = this.#linked();
		gl.useProgram(this.#program);
		this.#corners();
		gl.uniform1i(this.#place('picture'), 0);
		gl.uniform1i(this.#place('tables'), 1);
		this.#texture(0, gl.LINEAR_MIPMAP_LINEAR);
		this.#texture(1, gl.LINEAR);
	}

	/** The source that is sampled from now on. */
	load(source: ImageBitmap): void {
		const gl = this.#gl;
		gl.activeTexture(gl.TEXTURE0);
		gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, source);
		gl.generateMipmap(gl.TEXTURE_2D);
		if (gl.getError() !== gl.NO_ERROR) throw new NoGraphics('the picture does not fit');
	}

	colours({ before, after, mix, vignette, grain, sharpen }: Tone): void {
		const gl = this.#gl;
		const rows = new Float32Array(before.length + after.length);
		rows.set(before);
		rows.set(after, before.length);
		gl.activeTexture(gl.TEXTURE1);
		gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA16F, STEPS, 2, 0, gl.RGBA, gl.FLOAT, rows);
		// Rows here are columns there.
		gl.uniformMatrix3fv(this.#place('mixing'), true, mix);
		gl.uniform1f(this.#place('vignette'), vignette);
		gl.uniform1f(this.#place('grain'), grain);
		gl.uniform1f(this.#place('sharpen'), sharpen * 1.6);
	}

	draw({ width, height, sampling: [a, b, c, d, e, f], within, shape, texel }: Drawing): void {
		const gl = this.#gl;
		if (this.surface.width !== width) this.surface.width = width;
		if (this.surface.height !== height) this.surface.height = height;
		gl.viewport(0, 0, width, height);
		gl.uniformMatrix3fv(this.#place('sampling'), true, [a, b, c, d, e, f, 0, 0, 1]);
		gl.uniform4fv(this.#place('within'), within);
		gl.uniform2fv(this.#place('shape'), shape);
		gl.uniform2fv(this.#place('texel'), texel);
		gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
	}

	/** Gives the card's memory back at once, not when somebody collects it. */
	end(): void {
		this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
	}

	#place(name: string): WebGLUniformLocation | null {
		if (!this.#places.has(name)) this.#places.set(name, this.#gl.getUniformLocation(this.#program, name));
		return this.#places.get(name) ?? null;
	}

	#linked(): WebGLProgram {
		const gl = this.#gl;
		const program = gl.createProgram();
		for (const [kind, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
			const shader = gl.createShader(kind);
			if (!shader) throw new NoGraphics('the context is lost');
			gl.shaderSource(shader, text);
			gl.compileShader(shader);
			gl.attachShader(program, shader);
		}
		gl.linkProgram(program);
		if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new NoGraphics(gl.getProgramInfoLog(program) ?? 'the program does not link');
		return program;
	}

	#corners(): void {
		const gl = this.#gl;
		gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
		gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]), gl.STATIC_DRAW);
		const corner = gl.getAttribLocation(this.#program, 'corner');
		gl.enableVertexAttribArray(corner);
		gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0);
	}

	#texture(unit: number, smaller: number): void {
		const gl = this.#gl;
		gl.activeTexture(gl.TEXTURE0 + unit);
		gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
		gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
		gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
		gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, smaller);
		gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
	}
}
