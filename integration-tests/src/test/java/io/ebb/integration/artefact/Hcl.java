package io.ebb.integration.artefact;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.jspecify.annotations.Nullable;
import org.openrewrite.hcl.internal.grammar.HCLLexer;
import org.openrewrite.hcl.internal.grammar.HCLParser;

/** Terraform's language, by a grammar that is not HashiCorp's own. */
final class Hcl {
    private Hcl() {}

    /** What is wrong with a text's syntax, each with line and column; empty: nothing. */
    static List<String> complaints(String text) {
        var complaints = new ArrayList<String>();
        var listener =
                new BaseErrorListener() {
                    @Override
                    public void syntaxError(
                            Recognizer<?, ?> recognizer,
                            @Nullable Object symbol,
                            int line,
                            int column,
                            String message,
                            @Nullable RecognitionException e) {
                        complaints.add(line + ":" + column + " " + message);
                    }
                };
        var lexer = new HCLLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        lexer.addErrorListener(listener);
        var parser = new HCLParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.addErrorListener(listener);
        parser.configFile();
        return complaints;
    }
}
