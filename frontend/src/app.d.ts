// What the kit's own types are told of this app.
declare global {
	namespace App {
		interface PageState {
			/** The post that lies open over the list it came from. */
			post?: string;
			/** Which of its pictures is on view. */
			picture?: number;
		}
	}
}
export {};
