package io.ebb.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Texts as they are on the wire. */
final class Golden {
    private Golden() {}

    static byte[] bytes(String name) {
        try (var in = Objects.requireNonNull(Golden.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it would be written: without the white space that only makes the file readable. */
    static byte[] compact(String name) {
        var out = new java.io.ByteArrayOutputStream();
        try (var parser = Node.JSON.createParser(bytes(name));
                var generator = Node.JSON.createGenerator(out)) {
            while (parser.nextToken() != null) {
                generator.copyCurrentEvent(parser);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
