package io.ebb.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes objects in which what is empty is absent. */
final class JsonOut {
    private final JsonGenerator json;

    private JsonOut(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the fields of something. */
    interface Fields<T> {
        void write(JsonOut out, T value) throws IOException;
    }

    static <T> byte[] write(T value, Fields<T> fields) {
        var bytes = new ByteArrayOutputStream(2048);
        try (JsonGenerator json = Node.JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(new JsonOut(json), value);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory", e);
        }
        return bytes.toByteArray();
    }

    void text(String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    void number(String name, long value) throws IOException {
        json.writeNumberField(name, value);
    }

    void truth(String name, boolean value) throws IOException {
        json.writeBooleanField(name, value);
    }

    void millis(String name, Duration value) throws IOException {
        json.writeNumberField(name, value.toMillis());
    }

    void millis(String name, Optional<Duration> value) throws IOException {
        if (value.isPresent()) {
            millis(name, value.get());
        }
    }

    void numbers(String name, List<Integer> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (int value : values) {
                json.writeNumber(value);
            }
            json.writeEndArray();
        }
    }

    void texts(String name, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (String value : values) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
    }

    <T> void object(String name, T value, Fields<T> fields) throws IOException {
        json.writeObjectFieldStart(name);
        fields.write(this, value);
        json.writeEndObject();
    }

    <T> void objects(String name, List<T> values, Fields<T> fields) throws IOException {
        if (!values.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (T value : values) {
                json.writeStartObject();
                fields.write(this, value);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
