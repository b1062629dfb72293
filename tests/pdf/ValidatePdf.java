import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Has veraPDF judge one PDF by several standards: ValidatePdf FILE FLAVOUR...
 *
 * Prints a line per standard, FLAVOUR tab "pass" or "fail" tab number of checks, and under it a
 * line per broken rule, tab RULE tab MESSAGE.
 */
class ValidatePdf {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (int index = 1; index < arguments.length; index++) {
            print(arguments[index], judged(arguments[0], PDFAFlavour.byFlavourId(arguments[index])));
        }
    }

    private static ValidationResult judged(String file, PDFAFlavour flavour) throws Exception {
        var foundry = Foundries.defaultInstance();
        try (var bytes = new FileInputStream(file);
                var parser = foundry.createParser(bytes, flavour);
                var validator = foundry.createValidator(flavour, false)) {
            return validator.validate(parser);
        }
    }

    private static void print(String flavour, ValidationResult result) {
        String verdict = result.isCompliant() ? "pass" : "fail";
        System.out.println(flavour + "\t" + verdict + "\t" + result.getTotalAssertions());
        Map<String, String> broken = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                var rule = assertion.getRuleId();
                broken.putIfAbsent(rule.getClause() + "-" + rule.getTestNumber(), assertion.getMessage());
            }
        }
        broken.forEach((rule, message) -> System.out.println("\t" + rule + "\t" + message.replaceAll("\\s+", " ")));
    }
}
